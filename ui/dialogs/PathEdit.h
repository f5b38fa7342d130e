// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

class QLineEdit;
class QToolButton;

namespace ui {

/// The path of a file on the host: typed, or chosen where the host is this computer.
class PathEdit : public QWidget {
    Q_OBJECT

public:
    /// `filter` as in QFileDialog.
    PathEdit(const QString& objectName, const QString& label, const QString& filter);

    QString path() const;
    void setPath(const QString& path);
    void setBrowsable(bool isBrowsable);
    bool isBrowsable() const;
    /// It is about a file of this computer, whatever the host: one that is there, or a new one.
    enum class Local { Existing, New };
    void setLocal(Local local);
    void setFolder(); ///< it is a folder, not a file
    /// Another way to find a path: `pick` gets what to call with it; none: there is no other. The
    /// button says `tip`.
    using Picked = std::function<void(const QString& path)>;
    void setPicker(const QString& tip, std::function<void(const Picked& picked)> pick);
    bool hasPicker() const { return bool(m_pick); }
    bool isPicked() const { return !path().isEmpty() && path() == m_picked; } ///< by that way

Q_SIGNALS:
    void changed();

private:
    void browse();
    void makePicker();

    QString m_label;
    QString m_filter;
    QLineEdit* m_edit;
    QToolButton* m_browse;
    QToolButton* m_picker = nullptr; ///< made when it is needed first
    std::function<void(const Picked& picked)> m_pick;
    QString m_picked;
    bool m_isNew = false;
    bool m_isFolder = false;
};

} // namespace ui
