// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/Context.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class ConnectionTrial;

/// Asks what to connect to: by kind, computer and user, or by its address, which both end in. Says
/// what will happen as one types, tries a connection without keeping it, and keeps it.
class AddConnectionDialog : public QDialog {
    Q_OBJECT

public:
    explicit AddConnectionDialog(Context& context, QWidget* parent = nullptr);
    ~AddConnectionDialog() override;

    QString uri() const;

    void accept() override;

Q_SIGNALS:
    void connected(hosts::Host* host); ///< it was added; connecting goes on

private:
    QLayout* makeForm();
    QLayout* makeButtons();
    void fillChoices();
    void compose(); ///< the address of what the form says
    void followKind();
    void validate();
    void test();
    void showTest(const QString& text, const QColor& color);
    void offerPaths(const vmm::Error& error);
    QString consequence(const hosts::HostUri& uri) const;

    Context& m_context;
    QComboBox* m_kind;
    QLineEdit* m_computer;
    QLineEdit* m_user;
    QComboBox* m_way;
    QComboBox* m_path;
    QFormLayout* m_form;
    QComboBox* m_uri;
    QLabel* m_verdict;
    QLabel* m_result; ///< of the last test
    QPushButton* m_test;
    QPushButton* m_connect;
    std::unique_ptr<ConnectionTrial> m_trial;
    bool m_isComposing = false;
};

} // namespace ui
