// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <optional>

namespace ui {

/// Looks at a file of this computer while its path is typed, in another thread: a network drive may
/// take its time, or never answer. One look at a time; what was seen of a path last is kept.
class FileLook : public QObject {
    Q_OBJECT

public:
    struct Facts {
        bool isThere = false;
        bool isFolder = false;
        bool isReadable = false; ///< a file, by this user
        bool hasWritableFolder = false; ///< it could be made
        qint64 size = 0;
    };

    /// `seen` is called when more is known.
    FileLook(std::function<void()> seen, QObject* parent);

    /// What is known of a path; if nothing is, or not lately, it is looked at.
    std::optional<Facts> of(const QString& path);

private:
    void look();

    std::function<void()> m_seen;
    QString m_wanted;
    QString m_path; ///< that m_facts are of
    std::optional<Facts> m_facts;
    QElapsedTimer m_age; ///< of m_facts
    bool m_isLooking = false;
};

} // namespace ui
