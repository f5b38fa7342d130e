// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LatestAnswer.h"
#include "ui/Context.h"
#include "ui/style/Icons.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QHBoxLayout;
class QPushButton;

namespace ui {

class PanelStack;

/// A page of what a host has beside machines: asked for when it is seen, again when it has changed,
/// and not at all while it is hidden.
class ResourceTab : public QWidget {
    Q_OBJECT

public:
    void setHost(hosts::Host* host);
    void refresh(); ///< the host's connection or info has changed

protected:
    ResourceTab(Context& context, hosts::Feature feature, const char* prefix);
    void follow(hosts::ResourceKind kind) { m_kind = kind; } ///< asked again when they change
    /// Asked again when a task of this host is done that concerns them.
    void follow(std::function<bool(const hosts::Operation&)> concerns);
    void setContent(QWidget* content, Glyph glyph, const QString& emptyTitle);

    virtual void ask() = 0; ///< the host, for everything; take the answer by `take`
    virtual void forget() = 0; ///< it is another host
    virtual void refreshButtons() = 0;

    void showEvent(QShowEvent* event) override;
    void load();
    /// Whether there is something to show; if not, the error is shown unless more is known.
    bool take(const std::optional<vmm::Error>& error);

    QPushButton* makeButton(const char* name, Glyph glyph, const QString& text, const QString& tip,
        std::function<void()> run);
    QHBoxLayout* rowOf(const QVector<QPushButton*>& buttons) const;
    /// Usable with its own tip, or not, for a reason in a sentence.
    static void setUsable(QPushButton* button, const QString& whyNot);
    /// Why something of this feature can't be done now; empty if it can.
    QString whyNot(hosts::Feature feature) const;
    /// As a task, if the host is still there.
    void run(const hosts::Operation& operation);

    Context& context() { return m_context; }
    hosts::Host* host() const { return m_host; }
    PanelStack* panels() const { return m_panels; }
    models::LatestAnswer& question() { return m_question; }

private:
    Context& m_context;
    std::optional<hosts::ResourceKind> m_kind;
    hosts::Feature m_feature;
    QString m_prefix;
    hosts::Host* m_host = nullptr;
    PanelStack* m_panels = nullptr;
    models::LatestAnswer m_question;
    QTimer m_soon;
    bool m_isKnown = false;
};

} // namespace ui
