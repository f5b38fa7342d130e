// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the volumes of a machine get into the folder that it will have in the embedded core.
#include "hosts/moving/Asking.h"
#include "hosts/moving/BorrowedPools.h"
#include "hosts/moving/MachineMove.h"
#include "vmm/qemu/MachineStore.h"

#include <algorithm>

namespace hosts::moving {

using vmm::Future;
using vmm::Steps;

void MachineMove::addDownloads(Steps& steps)
{
    steps.add(
        QStringLiteral("folder"), [this] { return makeFolder(); },
        [this] { return removeFolder(); });
    // The first of its undos gives all of them back.
    const QStringList folders = m_plan.looseFolders();
    for (const QString& folder : folders)
        steps.add(
            QStringLiteral("borrow ") + folder,
            [this, folder] { return m_borrowed->borrow(folder); },
            [this] { return m_borrowed->giveBack(); });
    for (const MoveFile& file : std::as_const(m_plan.files))
        addDownload(steps, file);
    steps.add(QStringLiteral("give back"), [this] { return m_borrowed->giveBack(); });
    const QString home = vmm::MachineStore::folderOf(m_plan.folder, m_plan.id) + QLatin1Char('/');
    for (const MoveFile& file : std::as_const(m_plan.files)) {
        m_placed.append({ .role = file.what.role,
            .target = file.what.target,
            .path = home + file.name,
            .format = file.format });
    }
}

void MachineMove::addDownload(Steps& steps, const MoveFile& file)
{
    QString volume = file.volume;
    if (file.isMadeAnew) {
        volume = QStringLiteral("virtdeck-") + m_plan.id.toString(QUuid::Id128).left(12)
            + QLatin1Char('-') + file.what.target + QStringLiteral(".qcow2");
        const auto drop = [this, file, volume] {
            return ask(m_source, DeleteVolume { sourcePool(file), volume }, this);
        };
        steps.add(
            QStringLiteral("copy ") + file.volume,
            [this, file, volume] {
                return ask(m_source,
                    CloneVolume { .pool = sourcePool(file),
                        .volume = file.volume,
                        .targetPool = sourcePool(file),
                        .copy = { .name = volume, .format = file.format } },
                    this);
            },
            drop);
        steps.weighing(file.share());
    }
    steps.add(QStringLiteral("download ") + volume, [this, file, volume] {
        return ask(m_source,
            DownloadVolume { .pool = sourcePool(file),
                .volume = volume,
                .file = workFolder() + QLatin1Char('/') + file.name },
            this);
    });
    steps.weighing(file.share());
    if (file.isMadeAnew)
        steps.add(QStringLiteral("drop ") + volume, [this, file, volume] {
            return ask(m_source, DeleteVolume { sourcePool(file), volume }, this);
        });
}

} // namespace hosts::moving
