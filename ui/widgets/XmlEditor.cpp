// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/XmlEditor.h"

#include <QFontDatabase>
#include <QSignalBlocker>

namespace ui {

namespace {

constexpr int kPauseMs = 250;

} // namespace

XmlEditor::XmlEditor(const QString& objectName, QWidget* parent)
    : QPlainTextEdit(parent)
{
    setObjectName(objectName);
    setAccessibleName(tr("Definition as XML"));
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        const bool isFirst = !m_pause.isActive();
        m_pause.start();
        if (isFirst)
            Q_EMIT typingBegan();
    });
    connect(&m_pause, &QTimer::timeout, this, [this] { Q_EMIT xmlEdited(toPlainText()); });
}

void XmlEditor::setXml(const QString& xml)
{
    m_pause.stop();
    if (toPlainText() == xml)
        return;
    const QSignalBlocker quiet(this);
    setPlainText(xml);
}

void XmlEditor::flush()
{
    if (!m_pause.isActive())
        return;
    m_pause.stop();
    Q_EMIT xmlEdited(toPlainText());
}

} // namespace ui
