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
    connect(this, &QPlainTextEdit::textChanged, &m_pause, qOverload<>(&QTimer::start));
    connect(&m_pause, &QTimer::timeout, this, [this] { Q_EMIT xmlEdited(toPlainText()); });
}

void XmlEditor::setXml(const QString& xml)
{
    if (toPlainText() == xml)
        return;
    const QSignalBlocker quiet(this);
    setPlainText(xml);
    m_pause.stop();
}

} // namespace ui
