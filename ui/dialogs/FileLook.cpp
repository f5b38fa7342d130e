// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/FileLook.h"

#include "vmm/base/Background.h"

#include <QFileInfo>

namespace ui {

namespace {

constexpr qint64 kFreshMs = 1000;

FileLook::Facts factsOf(const QString& path)
{
    const QFileInfo file(path);
    return { .isThere = file.exists(),
        .isFolder = file.isDir(),
        .isReadable = file.isFile() && file.isReadable(),
        .hasWritableFolder = QFileInfo(file.path()).isWritable(),
        .size = file.size() };
}

} // namespace

FileLook::FileLook(std::function<void()> seen, QObject* parent)
    : QObject(parent)
    , m_seen(std::move(seen))
{
}

std::optional<FileLook::Facts> FileLook::of(const QString& path)
{
    m_wanted = path;
    const bool isKnown = m_facts && path == m_path;
    if (!m_isLooking && !(isKnown && !m_age.hasExpired(kFreshMs)))
        look();
    return isKnown ? m_facts : std::nullopt;
}

void FileLook::look()
{
    m_isLooking = true;
    const auto work = [path = m_wanted]() -> vmm::Result<Facts> { return factsOf(path); };
    vmm::async::onFinished(vmm::inBackground<Facts>(work), this,
        [this, path = m_wanted](const vmm::Result<Facts>& facts) {
            m_isLooking = false;
            m_path = path;
            m_facts = facts.value_or(Facts {});
            m_age.start();
            m_seen();
        });
}

} // namespace ui
