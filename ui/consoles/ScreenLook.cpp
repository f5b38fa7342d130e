// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ScreenLook.h"

#include "models/VmRecord.h"
#include "ui/consoles/Thumbnails.h"
#include "ui/text/Units.h"

#include <QCoreApplication>

namespace ui {

namespace {

struct ScreenWords {
    Q_DECLARE_TR_FUNCTIONS(ui::ScreenLook)
};

QString textFor(const models::VmRecord& vm, const Thumbnail& thumbnail)
{
    if (!vmm::isActive(vm.info.state))
        return ScreenWords::tr("The machine is off");
    if (vm.info.state == vmm::VmState::Starting)
        return ScreenWords::tr("The machine is starting");
    if (!thumbnail.reason.isEmpty())
        return thumbnail.reason;
    return ScreenWords::tr("No picture yet");
}

} // namespace

ScreenThumbLook screenLook(const models::VmRecord& vm, const Thumbnail& thumbnail, bool isStale)
{
    ScreenThumbLook look { .image = thumbnail.image };
    look.isOld = isStale || vm.info.state != vmm::VmState::Running;
    if (thumbnail.image.isNull()) {
        look.text = textFor(vm, thumbnail);
        return look;
    }
    const QString date = Units::clock(thumbnail.taken, QDateTime::currentDateTimeUtc());
    if (!look.isOld)
        return look;
    look.date = vm.info.state == vmm::VmState::Paused
        ? ScreenWords::tr("paused, as of %1").arg(date)
        : ScreenWords::tr("as of %1").arg(date);
    return look;
}

} // namespace ui
