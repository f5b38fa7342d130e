// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/Icons.h"

#include "ui/style/Colors.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

namespace ui {

namespace {

constexpr std::array<const char*, kGlyphCount> kFiles { "new", "start", "pause", "resume",
    "shutdown", "force-off", "reset", "console", "remove", "host", "add-host", "computer",
    "disconnect", "retry", "copy", "theme", "search", "close", "chevron-up", "chevron-down",
    "chevron-right", "full-screen", "fit", "one-to-one", "keyboard", "detach", "attach", "camera",
    "record", "wall", "paste", "minimise", "warning", "error", "info", "check", "dashboard", "menu",
    "folder", "tasks", "about", "reboot", "save", "discard-save", "snapshot", "clone", "template",
    "rename", "hardware", "trash", "restore", "disk", "cpu", "memory", "network", "disc", "screen",
    "usb", "chip", "eject", "undo", "grow", "guest", "autostart", "sound", "mute", "microphone",
    "smartcard", "upload", "download", "migrate", "backup", "checkpoint", "state-running",
    "state-paused", "state-off", "state-crashed", "state-unknown", "state-busy" };

QColor colorOf(Tint tint, QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    const Colors& colors = Colors::of(palette);
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    switch (tint) {
    case Tint::Text:
        return colors.text;
    case Tint::Muted:
        return colors.muted;
    case Tint::Accent:
        return colors.accentMark;
    case Tint::OnAccent:
        return colors.accentText;
    case Tint::Running:
        return colors.running;
    case Tint::Off:
        return colors.off;
    case Tint::Attention:
        return colors.attention;
    case Tint::Failed:
        return colors.failed;
    case Tint::Progress:
        return colors.progress;
    }
    return colors.text;
}

class GlyphEngine : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, Tint tint)
        : m_glyph(glyph)
        , m_tint(tint)
    {
    }

    QIconEngine* clone() const override { return new GlyphEngine(*this); }
    QString key() const override { return QStringLiteral("virtdeck-glyph"); }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        const QColor color = colorOf(m_tint, mode);
        const QString key = QStringLiteral("virtdeck-glyph-%1-%2-%3x%4")
                                .arg(static_cast<int>(m_glyph))
                                .arg(color.rgba(), 0, 16)
                                .arg(size.width())
                                .arg(size.height());
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = render(size, color);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

private:
    QPixmap render(const QSize& size, const QColor& color) const
    {
        QFile file(glyphPath(m_glyph));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QByteArray svg = file.readAll().replace("currentColor", color.name().toLatin1());
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter);
        return pixmap;
    }

    Glyph m_glyph;
    Tint m_tint;
};

QIcon makeStateIcon(vmm::VmState state)
{
    switch (state) {
    case vmm::VmState::Running:
        return icon(Glyph::StateRunning, Tint::Running);
    case vmm::VmState::Paused:
        return icon(Glyph::StatePaused, Tint::Attention);
    case vmm::VmState::ShutOff:
        return icon(Glyph::StateOff, Tint::Off);
    case vmm::VmState::Crashed:
        return icon(Glyph::StateCrashed, Tint::Failed);
    case vmm::VmState::Starting:
    case vmm::VmState::ShuttingDown:
        return icon(Glyph::StateBusy, Tint::Progress);
    case vmm::VmState::Unknown:
        return icon(Glyph::StateUnknown, Tint::Off);
    }
    return {};
}

} // namespace

QString glyphPath(Glyph glyph)
{
    return QStringLiteral(":/icons/%1.svg")
        .arg(QLatin1StringView(kFiles[static_cast<size_t>(glyph)]));
}

QIcon icon(Glyph glyph, Tint tint)
{
    return QIcon(new GlyphEngine(glyph, tint));
}

const QIcon& stateIcon(vmm::VmState state)
{
    static const auto icons = [] {
        std::array<QIcon, vmm::kAllVmStates.size()> made;
        for (const vmm::VmState each : vmm::kAllVmStates)
            made[static_cast<size_t>(each)] = makeStateIcon(each);
        return made;
    }();
    return icons[static_cast<size_t>(state)];
}

const QIcon& vmIcon(const hosts::VmInfo& vm)
{
    static const QIcon aTemplate = icon(Glyph::Template, Tint::Accent);
    return vm.isTemplate ? aTemplate : stateIcon(vm.state);
}

} // namespace ui
