// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <functional>

class QFormLayout;
class QLabel;
class QPushButton;

namespace ui {

/// A dialog that collects a few things: validates as one types, says what will happen, and does it.
class FormDialog : public QDialog {
    Q_OBJECT

public:
    /// `prefix` begins the names of its parts; `verb` stands on the button that does it.
    FormDialog(const QString& prefix, const QString& title, const QString& verb, QWidget* parent);

    /// Adds a field under a label, which may have a mnemonic; the field is named by prefix +
    /// `name`.
    template <typename Field> Field* add(const QString& label, const char* name, Field* field)
    {
        addRow(label, name, field);
        return field;
    }
    void addWide(QWidget* widget); ///< over both columns
    QFormLayout* form() { return m_form; }
    QString prefix() const { return objectName(); }

    /// Why it can't be done now, in a sentence; empty if it can.
    void setProblem(std::function<QString()> problem) { m_problem = std::move(problem); }
    /// What will happen.
    void setConsequence(std::function<QString()> text) { m_consequence = std::move(text); }
    void setRun(std::function<void()> run) { m_run = std::move(run); }
    /// Judges anew; connect what changes to it. Fields that were added are followed already.
    void validate();
    /// Shows it; it deletes itself.
    void start();

    void accept() override;

private:
    void addRow(const QString& label, const char* name, QWidget* field);
    void follow(QWidget* field);

    QFormLayout* m_form;
    QLabel* m_verdict;
    QPushButton* m_accept = nullptr;
    std::function<QString()> m_problem;
    std::function<QString()> m_consequence;
    std::function<void()> m_run;
    QWidget* m_first = nullptr; ///< of the fields
    bool m_isTouched = false;
};

} // namespace ui
