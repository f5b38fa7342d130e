// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QTimer>

namespace ui {

/// A definition as its XML, with a word on whether it can be read.
class XmlEditor : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit XmlEditor(const QString& objectName, QWidget* parent = nullptr);

    /// Shows `xml`, unless it is what stands there; tells nothing.
    void setXml(const QString& xml);
    /// Tells at once what was typed, instead of after the pause.
    void flush();
    bool isTyping() const { return m_pause.isActive(); } ///< not everything is told yet

Q_SIGNALS:
    void typingBegan();
    void xmlEdited(const QString& xml); ///< after a pause in typing

private:
    QTimer m_pause;
};

} // namespace ui
