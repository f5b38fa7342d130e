// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/PoolDialogs.h"

#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/DialogParts.h"
#include "ui/dialogs/NewPoolDialog.h"
#include "ui/dialogs/XmlDialog.h"

namespace ui {

using hosts::PoolInfo;
using hosts::ResourceAction;

void PoolDialogs::create(Context& context, hosts::Host* host, QWidget* parent)
{
    auto* dialog = new NewPoolDialog(parent);
    QObject::connect(dialog, &NewPoolDialog::chosen, dialog,
        [&context, host, dialog] { beginOn(context, host, hosts::DefinePool { dialog->pool() }); });
    dialog->start();
}

void PoolDialogs::stop(Context& context, hosts::Host* host, const PoolInfo& pool, QWidget* parent)
{
    const Question question { .title = tr("Stop pool %1?").arg(pool.name),
        .text = tr("Its volumes stay as they are, but no machine that needs them can start until "
                   "the pool runs again."),
        .verb = tr("Stop"),
        .isDangerous = false };
    ConfirmDialog::ask(parent, question, [&context, host, name = pool.name] {
        beginOn(context, host, hosts::ChangePool { name, ResourceAction::Stop });
    });
}

void PoolDialogs::editXml(
    Context& context, hosts::Host* host, const PoolInfo& pool, QWidget* parent)
{
    const XmlDialog::Subject subject { .title = tr("Definition of pool %1").arg(pool.name),
        .hint = pool.isActive() ? tr("It counts when the pool is started the next time.")
                                : tr("It counts when the pool is started."),
        .fetch = hosts::GetPoolXml { pool.name },
        .store = [](const QString& xml, const QString& base) -> hosts::Operation {
            return hosts::DefinePool { { .xml = xml, .isStarted = false, .isAutostart = false },
                base };
        } };
    XmlDialog::edit(context, host, subject, parent);
}

void PoolDialogs::remove(Context& context, hosts::Host* host, const PoolInfo& pool, QWidget* parent)
{
    const QString everything = tr("Delete its volumes, too: all data in them is lost");
    const Question question { .title = tr("Delete pool %1?").arg(pool.name),
        .text = tr("The host forgets the pool. What is in it stays, unless you say otherwise: it "
                   "can be added again then."),
        .items = { pool.target.isEmpty() ? pool.source : pool.target },
        .verb = tr("Delete"),
        .optionsTitle = tr("As well"),
        .options = { everything } };
    ConfirmDialog::ask(parent, question,
        [&context, host, name = pool.name, everything](const QStringList& ticked) {
            beginOn(context, host, hosts::DeletePool { name, ticked.contains(everything) });
        });
}

} // namespace ui
