// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/KeyTools.h"

#include "console/ConsoleSession.h"
#include "console/ConsoleView.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/dialogs/SendKeysDialog.h"
#include "ui/dialogs/TypeTextDialog.h"
#include "ui/style/Icons.h"
#include "ui/widgets/Named.h"
#include "vmm/base/Background.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>

namespace ui {

namespace {

QString keyText(const QList<Qt::Key>& keys)
{
    QStringList names;
    for (const Qt::Key key : keys) {
        QString name = QKeySequence(key).toString(QKeySequence::NativeText);
        if (key == Qt::Key_Control)
            name = QStringLiteral("Ctrl");
        else if (key == Qt::Key_Alt)
            name = QStringLiteral("Alt");
        names << name;
    }
    return names.join(QLatin1Char('+'));
}

QList<QList<Qt::Key>> combinations()
{
    QList<QList<Qt::Key>> out { { Qt::Key_Control, Qt::Key_Alt, Qt::Key_Delete },
        { Qt::Key_Control, Qt::Key_Alt, Qt::Key_Backspace } };
    for (int i = 0; i < 7; ++i)
        out.append({ Qt::Key_Control, Qt::Key_Alt, static_cast<Qt::Key>(Qt::Key_F1 + i) });
    out << QList<Qt::Key> { Qt::Key_Print };
    out << QList<Qt::Key> { Qt::Key_F11 };
    return out;
}

} // namespace

KeyTools::KeyTools(QToolBar& tools, console::ConsoleView& view, Settings& settings, QWidget* parent)
    : QObject(parent)
    , m_view(view)
    , m_settings(settings)
    , m_parent(parent)
    , m_menu(named(new QMenu(parent), "consoleKeyMenu", tr("Send keys")))
{
    QAction* keys
        = addTool(tools, QStringLiteral("consoleKeys"), icon(Glyph::Keyboard), tr("Send keys"));
    keys->setToolTip(tr("Send keys that this computer would take itself, or type a text"));
    fillMenu();
    setToolMenu(tools, keys, m_menu);
    connect(&view, &console::ConsoleView::inputChanged, this, &KeyTools::refresh);
    refresh();
}

void KeyTools::fillMenu()
{
    for (const QList<Qt::Key>& combination : combinations()) {
        QAction* action = m_menu->addAction(keyText(combination));
        action->setObjectName(QStringLiteral("sendKeys") + keyText(combination));
        m_combinations.append(action);
        connect(action, &QAction::triggered, this, [this, combination] {
            m_view.sendKeyCombination(combination);
            m_view.setFocus();
        });
    }
    m_menu->addSeparator();
    m_other = m_menu->addAction(tr("&Other keys…"));
    m_other->setObjectName(QStringLiteral("sendOtherKeys"));
    connect(m_other, &QAction::triggered, this, [this] {
        m_sendKeys = new SendKeysDialog(m_parent);
        m_sendKeys->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_sendKeys, &SendKeysDialog::sendRequested, &m_view,
            &console::ConsoleView::sendKeyCombination);
        refresh();
        m_sendKeys->open();
    });
    m_type = m_menu->addAction(icon(Glyph::Paste), tr("&Type a text…"));
    m_type->setObjectName(QStringLiteral("consoleTypeText"));
    connect(m_type, &QAction::triggered, this, &KeyTools::openTypeText);
    m_compose = m_menu->addAction(tr("&Compose here"));
    m_compose->setObjectName(QStringLiteral("consoleCompose"));
    m_compose->setCheckable(true);
    m_compose->setToolTip(tr("This computer's input method composes characters, and what it makes "
                             "of them is typed, as far as the machine's keyboard has keys for it"));
    connect(m_compose, &QAction::triggered, this, &KeyTools::setComposesHere);
}

/// For the layout that texts are typed for; one that can't be read is told and switched off again.
void KeyTools::setComposesHere(bool isOn)
{
    m_view.setComposer(std::nullopt);
    if (!isOn)
        return;
    const QString id = TypeTextDialog::layoutFor(m_settings, m_key);
    vmm::async::onFinished(
        vmm::inBackground<console::KeyboardLayout>([id] { return TypeTextDialog::load(id); }), this,
        [this, id](const vmm::Result<console::KeyboardLayout>& layout) {
            if (layout && m_compose->isChecked())
                m_view.setComposer(*layout);
            else if (!layout)
                m_view.showHint(tr("The keyboard layout %1 can't be read.").arg(id));
            m_compose->setChecked(m_view.composesHere());
        });
}

void KeyTools::setSession(console::ConsoleSession* session, const QString& key)
{
    if (m_session)
        m_session->disconnect(this);
    if (m_sendKeys && m_session != session)
        m_sendKeys->close(); // no machine may get what was meant for another
    m_session = session;
    m_key = key;
    if (session)
        connect(session, &console::ConsoleSession::stateChanged, this, &KeyTools::refresh);
    m_compose->setChecked(false); // a state of the moment
    m_view.setComposer(std::nullopt);
    refresh();
}

QString KeyTools::whyNot() const
{
    if (!m_session || m_session->state() != console::SessionState::Live)
        return tr("The console is not connected.");
    if (m_view.isViewOnly())
        return tr("The console is set to view only: nothing is sent to the machine.");
    return {};
}

void KeyTools::refresh()
{
    const QString problem = whyNot();
    for (QAction* combination : std::as_const(m_combinations))
        allow(combination, problem, {});
    allow(m_other, problem, {});
    if (m_sendKeys)
        m_sendKeys->setWhyNot(problem);
    allow(m_type, problem, tr("Types the clipboard's text as keys, for machines without an agent"));
}

void KeyTools::openTypeText()
{
    if (!m_session)
        return;
    auto* dialog = new TypeTextDialog(*m_session, m_settings, m_key, m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, &m_view, [this] { m_view.setFocus(); });
    dialog->open();
}

} // namespace ui
