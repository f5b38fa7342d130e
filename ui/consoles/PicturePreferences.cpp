// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/consoles/PicturePreferences.h"

#include "ui/Settings.h"
#include "ui/consoles/OpenConsole.h"
#include "ui/consoles/ToolBarTools.h"
#include "ui/widgets/Named.h"

#include <QActionGroup>
#include <QMenu>

namespace ui {

using console::ImageCompression;
using console::VideoCodec;

namespace {

struct Word {
    int value;
    const char* name; ///< as it is remembered
};

constexpr Word kCompressions[] = {
    { int(ImageCompression::Auto), "auto" },
    { int(ImageCompression::AutoGlz), "auto-glz" },
    { int(ImageCompression::AutoLz), "auto-lz" },
    { int(ImageCompression::Quic), "quic" },
    { int(ImageCompression::Glz), "glz" },
    { int(ImageCompression::Lz), "lz" },
    { int(ImageCompression::Lz4), "lz4" },
    { int(ImageCompression::Off), "off" },
};
constexpr Word kCodecs[] = {
    { 0, "auto" },
    { int(VideoCodec::Mjpeg), "mjpeg" },
    { int(VideoCodec::Vp8), "vp8" },
    { int(VideoCodec::Vp9), "vp9" },
    { int(VideoCodec::H264), "h264" },
    { int(VideoCodec::H265), "h265" },
};

template <size_t Size> int valueOf(const Word (&all)[Size], const QString& name)
{
    for (const Word& one : all) {
        if (name == QLatin1StringView(one.name))
            return one.value;
    }
    return 0; // Auto
}

template <size_t Size> QString nameOf(const Word (&all)[Size], int value)
{
    for (const Word& one : all) {
        if (value == one.value)
            return QString::fromLatin1(one.name);
    }
    return {};
}

QString keyFor(const OpenConsole& console)
{
    const hosts::Host* host = console.vm().host;
    return host ? Settings::viewOfHost(QStringLiteral("spice-pictures"), host->uri().toString())
                : QString();
}

} // namespace

PicturePreferences::PicturePreferences(Settings& settings, QWidget* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_menu(named(new QMenu(tr("SPICE &picture quality"), parent), "consolePictures",
          tr("SPICE picture quality")))
{
    m_menu->setToolTipsVisible(true);
    addCompressions(*m_menu->addMenu(tr("&Image compression")));
    addCodecs(*m_menu->addMenu(tr("&Video codec")));
    refresh();
}

void PicturePreferences::addCompressions(QMenu& menu)
{
    named(&menu, "consoleCompression", tr("Image compression"))->setToolTipsVisible(true);
    auto* group = new QActionGroup(this);
    const auto add = [&](ImageCompression compression, const QString& text, const QString& tip) {
        QAction* action = menu.addAction(text);
        action->setObjectName(
            QStringLiteral("compression-") + nameOf(kCompressions, int(compression)));
        action->setCheckable(true);
        action->setToolTip(tip);
        group->addAction(action);
        m_compressions[int(compression)] = action;
        connect(action, &QAction::triggered, this, [this, compression] {
            if (m_console)
                choose({ compression, choiceFor(m_settings, *m_console).codec });
        });
    };
    add(ImageCompression::Auto, tr("As the &machine has it"),
        tr("What its definition says. From the next connection on, if another was chosen before."));
    add(ImageCompression::AutoGlz, tr("&Automatic, with a dictionary"),
        tr("For slow lines: photographs by QUIC, the rest by GLZ"));
    add(ImageCompression::AutoLz, tr("Automatic, &without a dictionary"),
        tr("Photographs by QUIC, the rest by LZ"));
    add(ImageCompression::Quic, tr("&QUIC"), tr("For photographs"));
    add(ImageCompression::Glz, tr("&GLZ"), tr("For drawings and text that come again"));
    add(ImageCompression::Lz, tr("&LZ"), tr("For drawings and text"));
    add(ImageCompression::Lz4, tr("LZ&4"), tr("Quick, and not much smaller"));
    add(ImageCompression::Off, tr("&None"), tr("For fast lines: costs the host the least"));
}

void PicturePreferences::addCodecs(QMenu& menu)
{
    named(&menu, "consoleCodec", tr("Video codec"))->setToolTipsVisible(true);
    auto* group = new QActionGroup(this);
    const auto add = [&](int codec, const QString& text, const QString& tip) {
        QAction* action = menu.addAction(text);
        action->setObjectName(QStringLiteral("codec-") + nameOf(kCodecs, codec));
        action->setCheckable(true);
        action->setToolTip(tip);
        group->addAction(action);
        m_codecs[codec] = action;
        connect(action, &QAction::triggered, this, [this, codec] {
            if (m_console)
                choose({ choiceFor(m_settings, *m_console).compression, codec });
        });
    };
    const QString where
        = tr("Where the machine sends moving pictures as video, and both sides can do it");
    add(0, tr("As the &machine has it"),
        tr("What its host prefers. From the next connection on, if another was chosen before."));
    add(int(VideoCodec::Mjpeg), tr("M&JPEG"), where);
    add(int(VideoCodec::Vp8), tr("VP&8"), where);
    add(int(VideoCodec::Vp9), tr("VP&9"), where);
    add(int(VideoCodec::H264), tr("H.26&4"), where);
    add(int(VideoCodec::H265), tr("H.26&5"), where);
}

void PicturePreferences::setConsole(OpenConsole* console)
{
    m_console = console;
    refresh();
}

PicturePreferences::Choice PicturePreferences::choiceFor(
    const Settings& settings, const OpenConsole& console)
{
    const QString key = keyFor(console);
    const QString words = key.isEmpty() ? QString() : settings.view(key).toString();
    return { ImageCompression(valueOf(kCompressions, words.section(QLatin1Char(' '), 0, 0))),
        valueOf(kCodecs, words.section(QLatin1Char(' '), 1, 1)) };
}

void PicturePreferences::apply(const Settings& settings, OpenConsole& console)
{
    const Choice choice = choiceFor(settings, console);
    console.session().prefer(choice.compression,
        choice.codec == 0 ? QList<VideoCodec>() : QList<VideoCodec> { VideoCodec(choice.codec) });
}

void PicturePreferences::choose(const Choice& choice)
{
    if (!m_console)
        return;
    m_settings.setView(keyFor(*m_console),
        nameOf(kCompressions, int(choice.compression)) + QLatin1Char(' ')
            + nameOf(kCodecs, choice.codec));
    apply(m_settings, *m_console);
    refresh();
}

void PicturePreferences::refresh()
{
    const bool isSpice = m_console
        && m_console->session().endpoint().protocol == vmm::ConsoleEndpoint::Protocol::Spice;
    const QString reason = !m_console ? tr("The console is not connected.")
        : !m_console->vm().host       ? tr("A connection file keeps no preferences.")
        : !isSpice                    ? tr("Only SPICE lets a client choose.")
                                      : QString();
    allow(m_menu->menuAction(), reason,
        tr("How the screens of this host's machines are sent; remembered for the host"));
    const Choice choice = m_console ? choiceFor(m_settings, *m_console) : Choice {};
    m_compressions[int(choice.compression)]->setChecked(true);
    m_codecs[choice.codec]->setChecked(true);
}

} // namespace ui
