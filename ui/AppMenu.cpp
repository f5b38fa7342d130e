// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/AppMenu.h"

#include "ui/Languages.h"
#include "ui/dialogs/ConfirmDialog.h"
#include "ui/style/Icons.h"

#include <QActionGroup>

namespace ui {

AppMenu::AppMenu(Context& context, const VmActions& actions, QWidget* window)
    : QMenu(window)
    , m_context(context)
    , m_window(window)
{
    setObjectName(QStringLiteral("appMenu"));
    setToolTipsVisible(true);
    addActions({ actions.newMachine(), actions.addConnection() });
    m_afterFiles = addSeparator();
    addActions({ actions.reconnect(), actions.removeConnection() });
    addSeparator();
    addThemes();
    QAction* dense = addAction(tr("Dense rows"));
    dense->setObjectName(QStringLiteral("actionDense"));
    dense->setCheckable(true);
    dense->setChecked(context.settings.isDense());
    connect(dense, &QAction::toggled, this, [this](bool isOn) {
        m_context.settings.setDense(isOn);
        Q_EMIT denseChanged(isOn);
    });
    addLanguages();
    addSeparator();
    QAction* about = addAction(ui::icon(Glyph::About), tr("About VirtDeck"));
    about->setObjectName(QStringLiteral("actionAbout"));
    connect(about, &QAction::triggered, this, &AppMenu::aboutRequested);
    QAction* quit = addAction(tr("Quit"));
    quit->setObjectName(QStringLiteral("actionQuit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setToolTip(tr("Close the window; machines go on running"));
    connect(quit, &QAction::triggered, this, &AppMenu::quitRequested);
    window->addActions({ dense, about, quit });
}

/// Its button stands at the window's edge: the menu stays within the window.
void AppMenu::showEvent(QShowEvent* event)
{
    QMenu::showEvent(event);
    const QRect window = m_window->geometry();
    const int left = window.right() - width();
    if (geometry().right() > window.right() && left >= window.left())
        move(left, y());
}

void AppMenu::addThemes()
{
    auto* menu = addMenu(ui::icon(Glyph::Theme), tr("Appearance"));
    menu->setObjectName(QStringLiteral("themeMenu"));
    auto* group = new QActionGroup(this);
    struct Choice {
        Theme::Scheme scheme;
        const char* name;
        QString text;
    };
    for (const Choice& choice :
        { Choice { Theme::Scheme::System, "themeSystem", tr("As the desktop") },
            Choice { Theme::Scheme::Light, "themeLight", tr("Light") },
            Choice { Theme::Scheme::Dark, "themeDark", tr("Dark") } }) {
        QAction* action = menu->addAction(choice.text);
        action->setObjectName(QString::fromLatin1(choice.name));
        action->setIconText(tr("Appearance: %1").arg(choice.text)); // where the menu isn't seen
        action->setCheckable(true);
        action->setChecked(m_context.theme.scheme() == choice.scheme);
        group->addAction(action);
        m_window->addAction(action);
        connect(action, &QAction::triggered, this, [this, scheme = choice.scheme] {
            m_context.theme.setScheme(scheme);
            m_context.settings.setScheme(scheme);
        });
    }
}

void AppMenu::addLanguages()
{
    auto* menu = addMenu(tr("Language"));
    menu->setObjectName(QStringLiteral("languageMenu"));
    auto* group = new QActionGroup(this);
    QStringList codes { QString() };
    codes += Languages::codes();
    for (const QString& code : codes) {
        QAction* action
            = menu->addAction(code.isEmpty() ? tr("As the desktop") : Languages::nativeName(code));
        action->setObjectName(QStringLiteral("language-") + code);
        action->setCheckable(true);
        action->setChecked(m_context.settings.language() == code);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, code] {
            m_context.settings.setLanguage(code);
            ConfirmDialog::ask(m_window,
                { .title = tr("The language changes at the next start"),
                    .text = tr("Close the window and open it again to see everything in the new "
                               "language. Machines go on running meanwhile."),
                    .verb = tr("Close now"),
                    .isDangerous = false },
                [this] { Q_EMIT quitRequested(); });
        });
    }
}

} // namespace ui
