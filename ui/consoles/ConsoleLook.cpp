// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/ConsoleLook.h"

#include "console/ConsoleView.h"
#include "ui/Settings.h"

#include <QActionGroup>
#include <QMenu>

namespace ui {

using console::Scaling;

namespace {

const auto kViewKey = QStringLiteral("console-look");

QString keyOf(const QString& vm)
{
    return vm.isEmpty() ? kViewKey : kViewKey + QLatin1Char('-') + vm;
}

// One line of text a machine: "fit smooth", "zoom 1.5 sharp", "exact smooth".
QString toText(const console::ConsoleView& view)
{
    const QString filter = view.isSharp() ? QStringLiteral("sharp") : QStringLiteral("smooth");
    switch (view.scaling()) {
    case Scaling::FitWindow:
        return QStringLiteral("fit ") + filter;
    case Scaling::OneToOne:
        return QStringLiteral("exact ") + filter;
    case Scaling::Integer:
        return QStringLiteral("integer ") + filter;
    case Scaling::Zoom:
        return QStringLiteral("zoom %1 ").arg(view.zoom()) + filter;
    }
    return {};
}

void apply(const QString& text, console::ConsoleView& view)
{
    const QStringList words = text.split(QLatin1Char(' '));
    view.setSharp(words.contains(QStringLiteral("sharp")));
    const QString& mode = words.first();
    bool isNumber = false;
    const double zoom = words.value(1).toDouble(&isNumber);
    if (mode == QStringLiteral("zoom") && isNumber)
        view.setZoom(zoom);
    else if (mode == QStringLiteral("exact"))
        view.setScaling(Scaling::OneToOne);
    else if (mode == QStringLiteral("integer"))
        view.setScaling(Scaling::Integer);
    else
        view.setScaling(Scaling::FitWindow);
}

} // namespace

ConsoleLook::ConsoleLook(Settings& settings, console::ConsoleView& view, QWidget* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_view(view)
    , m_menu(new QMenu(parent))
{
    fillMenu();
    setVm({});
}

QAction* ConsoleLook::add(const char* name, const QString& text, bool isCheckable)
{
    QAction* action = m_menu->addAction(text);
    action->setObjectName(QString::fromLatin1(name));
    action->setCheckable(isCheckable);
    connect(action, &QAction::triggered, this, &ConsoleLook::remember);
    return action;
}

void ConsoleLook::fillMenu()
{
    m_menu->setObjectName(QStringLiteral("consoleLookMenu"));
    m_fit = add("lookFit", tr("&Fit the window"), true);
    m_exact = add("lookExact", tr("&Exact pixels (1:1)"), true);
    m_integer = add("lookInteger", tr("Whole &multiples"), true);
    auto* sizes = new QActionGroup(this);
    sizes->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional); // or a zoom
    for (QAction* action : { m_fit, m_exact, m_integer })
        sizes->addAction(action);
    m_menu->addSeparator();
    m_in = add("lookZoomIn", tr("Zoom &in"), false);
    m_out = add("lookZoomOut", tr("Zoom &out"), false);
    m_menu->addSeparator();
    m_sharp = add("lookSharp", tr("&Sharp edges"), true);
    m_sharp->setToolTip(tr("Scale without smoothing"));
    m_menu->addSeparator();
    m_viewOnly = add("lookViewOnly", tr("&View only"), true);
    m_viewOnly->setToolTip(tr("Send neither keys nor pointer to the machine"));
    m_menu->setToolTipsVisible(true);
    connect(m_fit, &QAction::triggered, this, [this] { setScaling(Scaling::FitWindow); });
    connect(m_exact, &QAction::triggered, this, [this] { setScaling(Scaling::OneToOne); });
    connect(m_integer, &QAction::triggered, this, [this] { setScaling(Scaling::Integer); });
    const auto zoom = [this](auto step) {
        (m_view.*step)();
        remember();
        m_view.showHint(tr("%1 %").arg(qRound(m_view.scale() * 100)));
    };
    connect(m_in, &QAction::triggered, this, [=] { zoom(&console::ConsoleView::zoomIn); });
    connect(m_out, &QAction::triggered, this, [=] { zoom(&console::ConsoleView::zoomOut); });
    connect(m_sharp, &QAction::toggled, this, [this](bool isOn) { m_view.setSharp(isOn); });
    connect(m_viewOnly, &QAction::toggled, this, [this](bool isOn) { m_view.setViewOnly(isOn); });
}

void ConsoleLook::setVm(const QString& key)
{
    m_key = key;
    const QString last = m_settings.view(kViewKey).toString();
    apply(key.isEmpty() ? last : m_settings.view(keyOf(key), last).toString(), m_view);
    m_view.setViewOnly(false); // a state of the moment: nobody should wonder why keys are dead
    update();
}

void ConsoleLook::setScaling(Scaling scaling)
{
    m_view.setScaling(scaling);
    remember();
}

void ConsoleLook::remember()
{
    const QString text = toText(m_view);
    m_settings.setView(kViewKey, text);
    if (!m_key.isEmpty())
        m_settings.setView(keyOf(m_key), text);
    update();
}

void ConsoleLook::update()
{
    m_fit->setChecked(m_view.scaling() == Scaling::FitWindow);
    m_exact->setChecked(m_view.scaling() == Scaling::OneToOne);
    m_integer->setChecked(m_view.scaling() == Scaling::Integer);
    m_sharp->setChecked(m_view.isSharp());
    m_viewOnly->setChecked(m_view.isViewOnly());
    Q_EMIT changed();
}

} // namespace ui
