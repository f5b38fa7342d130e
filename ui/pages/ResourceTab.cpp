// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ResourceTab.h"

#include "ui/text/HostText.h"
#include "ui/widgets/Named.h"
#include "ui/widgets/PanelStack.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace ui {

namespace {

constexpr int kGatherMs = 100; // one change brings several messages
constexpr const char* kTip = "tip"; // what a button's tool tip is while it can be used

} // namespace

ResourceTab::ResourceTab(Context& context, hosts::Feature feature, const char* prefix)
    : m_context(context)
    , m_feature(feature)
    , m_prefix(QString::fromLatin1(prefix))
{
    setObjectName(m_prefix + QStringLiteral("Tab"));
    m_soon.setSingleShot(true);
    m_soon.setInterval(kGatherMs);
    connect(&m_soon, &QTimer::timeout, this, &ResourceTab::load);
}

void ResourceTab::follow(std::function<bool(const hosts::Operation&)> concerns)
{
    connect(&m_context.workspace.tasks, &models::TaskModel::finished, this,
        [this, concerns = std::move(concerns)](const models::Task& task) {
            if (m_host && task.info.host == m_host->uri() && concerns(task.info.operation))
                load();
        });
}

void ResourceTab::setContent(QWidget* content, Glyph glyph, const QString& emptyTitle)
{
    m_panels = new PanelStack(m_prefix, content, glyph, emptyTitle);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_panels);
    connect(m_panels, &PanelStack::retryRequested, this, &ResourceTab::load);
}

void ResourceTab::setHost(hosts::Host* host)
{
    if (m_host == host)
        return;
    if (m_host)
        disconnect(m_host, nullptr, this, nullptr);
    m_host = host;
    m_isKnown = false;
    m_question.forget();
    forget();
    if (m_host) {
        connect(m_host, &hosts::Host::resourcesChanged, this, [this](hosts::ResourceKind kind) {
            if (kind == m_kind && !m_soon.isActive())
                m_soon.start();
        });
    }
    load();
}

void ResourceTab::refresh()
{
    load();
}

void ResourceTab::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    load();
}

void ResourceTab::load()
{
    if (!m_host || !isVisible()) {
        m_question.forget(); // asked when it is seen
        return;
    }
    if (!m_host->info().has(m_feature)) {
        //: %1 is a reason in a sentence
        m_panels->showEmpty(
            tr("Not offered by this host. %1").arg(m_host->info().missing.value(m_feature)));
        return;
    }
    if (m_isKnown && m_host->connectionState() != hosts::ConnectionState::Connected) {
        refreshButtons(); // what was known stays
        return;
    }
    if (!m_isKnown)
        m_panels->showLoading();
    ask();
}

bool ResourceTab::take(const std::optional<vmm::Error>& error)
{
    if (error && !m_isKnown)
        m_panels->showError(*error);
    m_isKnown = m_isKnown || !error;
    return !error;
}

QPushButton* ResourceTab::makeButton(const char* name, Glyph glyph, const QString& text,
    const QString& tip, std::function<void()> run)
{
    auto* button
        = named(new QPushButton(icon(glyph), text), name, QString(text).remove(QChar(0x2026)));
    button->setToolTip(tip);
    button->setProperty(kTip, tip);
    connect(button, &QPushButton::clicked, this, std::move(run));
    return button;
}

QHBoxLayout* ResourceTab::rowOf(const QVector<QPushButton*>& buttons) const
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (QPushButton* button : buttons)
        row->addWidget(button);
    row->addStretch(1);
    return row;
}

void ResourceTab::setUsable(QPushButton* button, const QString& whyNot)
{
    button->setEnabled(whyNot.isEmpty());
    button->setToolTip(whyNot.isEmpty() ? button->property(kTip).toString() : whyNot);
}

QString ResourceTab::whyNot(hosts::Feature feature) const
{
    if (!m_host)
        return tr("Select a host first.");
    return HostText::whyNot(*m_host, feature);
}

void ResourceTab::run(const hosts::Operation& operation)
{
    if (m_host && m_context.workspace.hosts.contains(m_host))
        m_context.workspace.commands.run(m_host, operation);
}

} // namespace ui
