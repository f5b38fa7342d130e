// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

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

Q_SIGNALS:
    void changed();

private:
    void browse();

    QString m_label;
    QString m_filter;
    QLineEdit* m_edit;
    QToolButton* m_browse;
};

} // namespace ui
