// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;

namespace ui {

/// Asks for the address of a host, validates it as it is typed and says what will happen.
class AddConnectionDialog : public QDialog {
    Q_OBJECT

public:
    explicit AddConnectionDialog(Context& context, QWidget* parent = nullptr);

    QString uri() const;

    void accept() override;

Q_SIGNALS:
    void connected(hosts::Host* host); ///< it was added; connecting goes on

private:
    void fillChoices();
    void validate();
    QString consequence(const hosts::HostUri& uri) const;

    Context& m_context;
    QComboBox* m_uri;
    QLabel* m_verdict;
    QPushButton* m_connect;
};

} // namespace ui
