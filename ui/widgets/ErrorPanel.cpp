// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/ErrorPanel.h"

#include "ui/style/Colors.h"
#include "ui/text/ErrorText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

ErrorPanel::ErrorPanel(const QString& prefix, QWidget* parent)
    : QFrame(parent)
    , m_symbol(glyphLabel(Glyph::Error, Tint::Failed, 20))
    , m_what(sectionLabel({}, prefix + QStringLiteral("What")))
    , m_why(wrappedLabel({}, prefix + QStringLiteral("Why")))
    , m_remedy(wrappedLabel({}, prefix + QStringLiteral("Remedy")))
    , m_retry(new QPushButton(icon(Glyph::Retry), tr("Try again")))
    , m_copy(new QPushButton(icon(Glyph::Copy), tr("Copy details")))
{
    setObjectName(prefix);
    m_what->setWordWrap(true);
    m_retry->setObjectName(prefix + QStringLiteral("Retry"));
    m_retry->setAccessibleName(m_retry->text());
    m_copy->setObjectName(prefix + QStringLiteral("Copy"));
    m_copy->setAccessibleName(m_copy->text());
    m_copy->setToolTip(tr("Copy everything that is known about it, raw text included"));
    connect(m_retry, &QPushButton::clicked, this, &ErrorPanel::retryRequested);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_details); });

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_retry);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    auto* text = new QVBoxLayout;
    text->setSpacing(4);
    text->addWidget(m_what);
    text->addWidget(m_why);
    text->addWidget(m_remedy);
    text->addSpacing(4);
    text->addLayout(buttons);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_symbol, 0, Qt::AlignTop);
    layout->addLayout(text, 1);
}

void ErrorPanel::setError(const vmm::Error& error)
{
    const ErrorText text = ErrorText::of(error);
    m_details = ErrorText::details(error);
    m_isFailure = true;
    m_symbol->setGlyph(Glyph::Error, Tint::Failed);
    setParts(text.what, text.why, text.remedy);
}

void ErrorPanel::setNotice(
    const QString& what, const QString& why, const QString& details, const QString& remedy)
{
    m_details = details;
    m_isFailure = false;
    m_symbol->setGlyph(Glyph::Warning, Tint::Attention);
    setParts(what, why, remedy);
}

void ErrorPanel::setParts(const QString& what, const QString& why, const QString& remedy)
{
    m_what->setText(what);
    m_why->setText(why);
    m_why->setVisible(!why.isEmpty());
    m_remedy->setText(remedy);
    m_remedy->setVisible(!remedy.isEmpty());
    m_copy->setVisible(!m_details.isEmpty());
    setAccessibleName(QStringList { what, why, remedy }.join(QLatin1Char(' ')));
    update();
}

void ErrorPanel::setRetryVisible(bool isVisible)
{
    m_retry->setVisible(isVisible);
}

void ErrorPanel::paintEvent(QPaintEvent*)
{
    const Colors& colors = Colors::of(palette());
    QPainter painter(this);
    QColor tint = m_isFailure ? colors.failed : colors.attention;
    QRect bar = rect();
    if (layoutDirection() == Qt::RightToLeft)
        bar.setLeft(bar.right() - 2);
    else
        bar.setWidth(3);
    painter.fillRect(bar, tint);
    tint.setAlphaF(0.07F);
    painter.fillRect(rect(), tint);
}

} // namespace ui
