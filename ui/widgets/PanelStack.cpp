// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/PanelStack.h"

#include "ui/widgets/EmptyPanel.h"
#include "ui/widgets/ErrorPanel.h"
#include "ui/widgets/Labels.h"

#include <QTimer>
#include <QVBoxLayout>

namespace ui {

namespace {

constexpr int kPatienceMs = 300; // what comes sooner needs no word

} // namespace

PanelStack::PanelStack(
    const QString& prefix, QWidget* content, Glyph glyph, const QString& emptyTitle)
    : m_content(content)
    , m_empty(new EmptyPanel(prefix + QStringLiteral("Empty"), glyph, emptyTitle, {}))
    , m_error(new ErrorPanel(prefix + QStringLiteral("Error")))
    , m_errorPage(new QWidget)
    , m_loading(new QWidget)
{
    setObjectName(prefix + QStringLiteral("Panels"));
    auto* errorLayout = new QVBoxLayout(m_errorPage);
    errorLayout->setContentsMargins(16, 16, 16, 16);
    errorLayout->addWidget(m_error);
    errorLayout->addStretch(1);
    auto* label = mutedLabel(tr("Asking the host…"), prefix + QStringLiteral("Loading"));
    label->setAlignment(Qt::AlignCenter);
    label->hide();
    auto* loadingLayout = new QVBoxLayout(m_loading);
    loadingLayout->addWidget(label);
    for (QWidget* page : { m_content, static_cast<QWidget*>(m_empty), m_errorPage, m_loading })
        addWidget(page);
    connect(m_error, &ErrorPanel::retryRequested, this, &PanelStack::retryRequested);
}

void PanelStack::showContent()
{
    ++m_generation;
    setCurrentWidget(m_content);
}

void PanelStack::showEmpty(const QString& text)
{
    ++m_generation;
    m_empty->setText(text);
    setCurrentWidget(m_empty);
}

void PanelStack::showError(const vmm::Error& error)
{
    ++m_generation;
    m_error->setError(error);
    setCurrentWidget(m_errorPage);
}

void PanelStack::showLoading()
{
    const quint64 mine = ++m_generation;
    auto* label = m_loading->findChild<QLabel*>();
    label->hide();
    setCurrentWidget(m_loading);
    QTimer::singleShot(kPatienceMs, this, [this, mine, label] {
        if (mine == m_generation)
            label->show();
    });
}

void PanelStack::addEmptyAction(QAction* action)
{
    m_empty->addAction(action);
}

bool PanelStack::isContentShown() const
{
    return currentWidget() == m_content;
}

} // namespace ui
