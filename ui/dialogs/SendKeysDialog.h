// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

/// Any key with any modifiers, put together with the mouse or by keyboard: also those that this
/// computer's desktop would take before they came here. Stays open, to send several.
class SendKeysDialog : public QDialog {
    Q_OBJECT

public:
    explicit SendKeysDialog(QWidget* parent);

    QList<Qt::Key> combination() const;
    void setWhyNot(const QString& reason); ///< nothing can be sent; empty: it can

Q_SIGNALS:
    void sendRequested(const QList<Qt::Key>& keys);

private:
    void fillKeys();
    void follow();

    QList<QCheckBox*> m_modifiers;
    QComboBox* m_key;
    QLabel* m_sent;
    QPushButton* m_send = nullptr;
    QString m_whyNot;
};

} // namespace ui
