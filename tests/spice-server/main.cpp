// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// spice-test-server: a SPICE server without a machine behind it, for tests of the console. Options
// say how it listens, lines on standard input what it does, lines on standard output what its
// client does. It ends when its input does.

#include "tests/spice-server/CardReader.h"
#include "tests/spice-server/GuestAgent.h"
#include "tests/spice-server/GuestPort.h"
#include "tests/spice-server/InputDevices.h"
#include "tests/spice-server/Pattern.h"
#include "tests/spice-server/QxlDevice.h"
#include "tests/spice-server/SoundDevices.h"
#include "tests/spice-server/SpiceCore.h"

#include <glib-unix.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace tests;
using tests::spice::QxlDevice;
using tests::spice::report;

struct Options {
    std::string unixSocket;
    int port = 0;
    int tlsPort = 0;
    std::string tlsFolder; ///< with ca.pem, cert.pem and key.pem
    std::string password;
    bool tablet = true;
    bool agent = false;
    int cards = 1;
    bool sound = false;
    bool sasl = false;
    bool cardReader = false;
    std::string card; ///< a DRM device, for textures
    bool video = false; ///< what changes often is sent as a stream of pictures
    std::string codecs; ///< of these, "spice:mjpeg;gstreamer:vp8"
    /// Of pictures, whatever they show; not on unix sockets.
    SpiceImageCompression compression = SPICE_IMAGE_COMPRESSION_INVALID;
    std::vector<std::string> ports; ///< names
    QxlDevice::Mode mode;
};

std::uint32_t formatNamed(const std::string& name)
{
    if (name == "555")
        return SPICE_SURFACE_FMT_16_555;
    if (name == "565")
        return SPICE_SURFACE_FMT_16_565;
    return name == "argb" ? SPICE_SURFACE_FMT_32_ARGB : SPICE_SURFACE_FMT_32_xRGB;
}

SpiceImageCompression compressionNamed(const std::string& name)
{
    static const std::map<std::string, SpiceImageCompression> names {
        { "off", SPICE_IMAGE_COMPRESSION_OFF }, { "auto_glz", SPICE_IMAGE_COMPRESSION_AUTO_GLZ },
        { "auto_lz", SPICE_IMAGE_COMPRESSION_AUTO_LZ }, { "quic", SPICE_IMAGE_COMPRESSION_QUIC },
        { "glz", SPICE_IMAGE_COMPRESSION_GLZ }, { "lz", SPICE_IMAGE_COMPRESSION_LZ },
        { "lz4", SPICE_IMAGE_COMPRESSION_LZ4 }
    };
    return names.at(name);
}

std::optional<Options> parse(int count, char** values)
{
    Options out;
    for (int i = 1; i < count; ++i) {
        const std::string name = values[i];
        const auto next = [&] { return std::string(i + 1 < count ? values[++i] : ""); };
        if (name == "--unix")
            out.unixSocket = next();
        else if (name == "--port")
            out.port = std::atoi(next().c_str());
        else if (name == "--tls-port")
            out.tlsPort = std::atoi(next().c_str());
        else if (name == "--tls-folder")
            out.tlsFolder = next();
        else if (name == "--password")
            out.password = next();
        else if (name == "--size")
            std::sscanf(next().c_str(), "%dx%d", &out.mode.width, &out.mode.height);
        else if (name == "--format")
            out.mode.format = formatNamed(next());
        else if (name == "--no-tablet")
            out.tablet = false;
        else if (name == "--cards")
            out.cards = std::atoi(next().c_str());
        else if (name == "--sound")
            out.sound = true;
        else if (name == "--card")
            out.card = next();
        else if (name == "--card-reader")
            out.cardReader = true;
        else if (name == "--sasl")
            out.sasl = true;
        else if (name == "--video")
            out.video = true;
        else if (name == "--codec") {
            out.video = true;
            out.codecs = next();
        } else if (name == "--compression")
            out.compression = compressionNamed(next());
        else if (name == "--guest-port")
            out.ports.push_back(next());
        else if (name == "--agent")
            out.agent = true;
        else
            return std::nullopt;
    }
    return out;
}

SpiceServer* listenAs(const Options& options)
{
    SpiceServer* server = spice_server_new();
    if (!options.unixSocket.empty()) {
        unlink(options.unixSocket.c_str());
        spice_server_set_addr(server, options.unixSocket.c_str(), SPICE_ADDR_FLAG_UNIX_ONLY);
    } else {
        spice_server_set_addr(server, "127.0.0.1", 0);
    }
    if (options.port != 0)
        spice_server_set_port(server, options.port);
    if (options.tlsPort != 0) {
        const std::string folder = options.tlsFolder + '/';
        spice_server_set_tls(server, options.tlsPort, (folder + "ca.pem").c_str(),
            (folder + "cert.pem").c_str(), (folder + "key.pem").c_str(), nullptr, nullptr, nullptr);
    }
    if (options.sasl) {
        spice_server_set_sasl_appname(server, "virtdeck-test");
        spice_server_set_sasl(server, 1);
    } else if (options.password.empty())
        spice_server_set_noauth(server);
    else
        spice_server_set_ticket(server, options.password.c_str(), 0, 0, 0);
    // As VirtDeck sets its machines up: video streams would add 400 ms.
    spice_server_set_streaming_video(
        server, options.video ? SPICE_STREAM_VIDEO_ALL : SPICE_STREAM_VIDEO_OFF);
    if (!options.codecs.empty()
        && spice_server_set_video_codecs(server, options.codecs.c_str()) != 0)
        return nullptr;
    if (options.compression != SPICE_IMAGE_COMPRESSION_INVALID)
        spice_server_set_image_compression(server, options.compression);
    spice_server_set_name(server, "test");
    return spice_server_init(server, &tests::spice::glibCore()) == 0 ? server : nullptr;
}

/// The server with its devices, driven by lines of text.
class Machine {
public:
    Machine(SpiceServer* server, const Options& options)
        : m_screen(server, options.mode)
        , m_second(options.cards > 1
                  ? std::make_unique<QxlDevice>(server, QxlDevice::Mode { 640, 480 }, 1)
                  : nullptr)
        , m_inputs(server, options.tablet, [this] { echo(); })
        , m_card(options.card)
    {
        if (options.agent)
            m_agent.emplace(server);
        if (options.sound)
            m_sound.emplace(server);
        if (options.cardReader)
            m_cardReader.emplace(server);
        for (const std::string& name : options.ports)
            m_ports.push_back(std::make_unique<tests::spice::GuestPort>(server, name));
    }

    void obey(const std::string& line)
    {
        std::istringstream words(line);
        std::string verb;
        words >> verb;
        if (verb == "draw")
            draw(words);
        else if (verb == "frame")
            frame(words);
        else if (verb == "animate")
            animate(words);
        else if (verb == "scatter")
            scatter(words);
        else if (verb == "scroll")
            every(1000 / std::max(1u, number(words)), &Machine::scrollStep);
        else if (verb == "fill")
            fill(m_screen, words);
        else if (verb == "mode")
            setMode(m_screen, words);
        else if (verb == "cursor")
            setCursor(words);
        else if (verb == "move-cursor")
            moveCursor(words);
        else if (verb == "hide-cursor")
            m_screen.hideCursor();
        else if (verb == "texture")
            showTexture(words);
        else if (verb == "draw-texture")
            drawTexture(words);
        else if (verb == "reset-cursor")
            m_screen.resetCursor();
        else if (verb == "leds")
            setLeds(words);
        else if (verb == "heads")
            setHeads(words);
        else if (verb == "fill2" && m_second)
            fill(*m_second, words);
        else if (verb == "mode2" && m_second)
            setMode(*m_second, words);
        else if (verb == "flood-cursor")
            floodCursor(words);
        else if (verb == "tone" && m_sound)
            m_sound->playTone(number(words) != 0);
        else if (verb == "volume" && m_sound)
            m_sound->setVolume(std::uint16_t(number(words)));
        else if (verb == "record" && m_sound)
            m_sound->record(number(words) != 0);
        else if (verb == "port")
            usePort(words);
        else if (verb == "ask-card" && m_cardReader)
            m_cardReader->ask(text(words));
        else if (!m_agent || !m_agent->obey(verb, words))
            report("UNKNOWN %s", verb.c_str());
    }

private:
    static constexpr guint kScatterMs = 10;

    void draw(std::istream& words)
    {
        std::uint32_t first = 0;
        std::uint32_t count = 0;
        words >> first >> count;
        for (std::uint32_t n = first; n < first + count; ++n) {
            const auto d = pattern::draw(n, m_screen.mode().width, m_screen.mode().height);
            m_screen.fill(d.x, d.y, d.width, d.height, d.colour);
        }
    }

    void frame(std::istream& words)
    {
        words >> m_frame;
        drawFrame();
    }

    void drawFrame()
    {
        const auto& mode = m_screen.mode();
        std::vector<std::uint32_t> pixels;
        const int width = m_corner.width > 0 ? m_corner.width : mode.width;
        const int height = m_corner.height > 0 ? m_corner.height : mode.height;
        pixels.reserve(std::size_t(width) * height);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x)
                pixels.push_back(pattern::framePixel(m_frame, x, y));
        }
        m_screen.copy(0, 0, width, height, std::move(pixels));
    }

    /// Pictures a second, and the size of the corner that they fill; else the whole screen.
    void animate(std::istream& words)
    {
        double perSecond = 0;
        m_corner = {};
        words >> perSecond >> m_corner.width >> m_corner.height;
        every(perSecond > 0 ? guint(1000 / perSecond) : 0, &Machine::animationStep);
    }

    /// "rgb" or "bgr", "top" or "bottom", the number of the frame; "empty": one without memory.
    void showTexture(std::istream& words)
    {
        std::string order;
        std::string first;
        std::uint32_t frame = 0;
        words >> order >> first >> frame;
        const auto& mode = m_screen.mode();
        const bool isEmpty = order == "empty";
        auto texture = std::make_unique<tests::Texture>(isEmpty ? std::string() : m_card,
            mode.width, isEmpty ? 0 : mode.height,
            order == "bgr" ? tests::Texture::Order::Bgr : tests::Texture::Order::Rgb,
            first != "bottom");
        if (texture->isUsable())
            texture->draw(frame, 0, 0, mode.width, mode.height);
        m_screen.showTexture(std::move(texture));
    }

    void drawTexture(std::istream& words)
    {
        std::uint32_t frame = 0;
        QxlDevice::Head at;
        words >> frame >> at.x >> at.y >> at.width >> at.height;
        m_screen.drawTexture(frame, at.x, at.y, at.width, at.height);
    }

    /// So many small rectangles a second.
    void scatter(std::istream& words)
    {
        m_scattered = number(words) / (1000 / kScatterMs);
        every(m_scattered > 0 ? kScatterMs : 0, &Machine::scatterStep);
    }

    void every(guint milliseconds, GSourceFunc step)
    {
        if (m_animation != 0)
            g_source_remove(std::exchange(m_animation, 0));
        if (milliseconds > 0)
            m_animation = g_timeout_add(milliseconds, step, this); // beside what clients want
    }

    static gboolean scatterStep(gpointer self)
    {
        auto& machine = *static_cast<Machine*>(self);
        if (machine.m_screen.queued() > std::size_t(machine.m_scattered) * 4)
            return G_SOURCE_CONTINUE;
        for (int i = 0; i < machine.m_scattered; ++i) {
            const auto& mode = machine.m_screen.mode();
            const auto d = pattern::draw(machine.m_drawn++, mode.width, mode.height);
            machine.m_screen.fill(d.x, d.y, 1 + d.width % 16, 1 + d.height % 16, d.colour);
        }
        return G_SOURCE_CONTINUE;
    }

    /// A terminal that prints a line: all goes up, and each letter of the new line is drawn.
    static gboolean scrollStep(gpointer self)
    {
        constexpr int kLetterWidth = 8;
        constexpr int kLineHeight = 16;
        auto& machine = *static_cast<Machine*>(self);
        const auto& mode = machine.m_screen.mode();
        const int letters = mode.width / kLetterWidth;
        if (machine.m_screen.queued() > std::size_t(letters) * 4)
            return G_SOURCE_CONTINUE;
        machine.m_screen.scroll(kLineHeight);
        for (int i = 0; i < letters; ++i)
            machine.m_screen.fill(i * kLetterWidth, mode.height - kLineHeight, kLetterWidth,
                kLineHeight, pattern::mix(machine.m_drawn++) & 0xffffffu);
        return G_SOURCE_CONTINUE;
    }

    static gboolean animationStep(gpointer self)
    {
        auto& machine = *static_cast<Machine*>(self);
        if (machine.m_screen.queued() < 4) {
            ++machine.m_frame;
            machine.drawFrame();
        }
        return G_SOURCE_CONTINUE;
    }

    static void fill(QxlDevice& screen, std::istream& words)
    {
        int x = 0, y = 0, width = 0, height = 0;
        std::uint32_t colour = 0;
        words >> x >> y >> width >> height >> std::hex >> colour;
        screen.fill(x, y, width, height, colour);
    }

    static void setMode(QxlDevice& screen, std::istream& words)
    {
        QxlDevice::Mode mode;
        std::string format;
        words >> mode.width >> mode.height >> format;
        mode.format = formatNamed(format);
        screen.setMode(mode);
    }

    /// x y width height of each monitor on the first card's screen.
    void setHeads(std::istream& words)
    {
        std::vector<QxlDevice::Head> heads;
        for (QxlDevice::Head head; words >> head.x >> head.y >> head.width >> head.height;)
            heads.push_back(head);
        m_screen.setHeads(heads);
    }

    /// Many shapes at once, the last of them 7 x 9.
    void floodCursor(std::istream& words)
    {
        int count = 0;
        words >> count;
        for (int i = 1; i < count; ++i) {
            m_screen.setCursor(8 + i % 24, 8 + i % 16, 0, 0, 0xff000000u | std::uint32_t(i));
            m_screen.moveCursor(i % 600, i % 400);
        }
        m_screen.setCursor(7, 9, 0, 0, 0xff112233u);
    }

    void setCursor(std::istream& words)
    {
        int width = 0, height = 0, hotX = 0, hotY = 0;
        std::uint32_t argb = 0;
        words >> width >> height >> hotX >> hotY >> std::hex >> argb;
        m_screen.setCursor(width, height, hotX, hotY, argb);
    }

    void moveCursor(std::istream& words)
    {
        int x = 0, y = 0;
        words >> x >> y;
        m_screen.moveCursor(x, y);
    }

    void setLeds(std::istream& words)
    {
        int leds = 0;
        words >> leds;
        m_inputs.setLeds(leds);
    }

    static std::string text(std::istream& words)
    {
        std::string out;
        words >> out;
        return out;
    }

    static std::uint32_t number(std::istream& words)
    {
        std::uint32_t out = 0;
        words >> out;
        return out;
    }

    /// NAME open | close | say HEX | flood BYTES
    void usePort(std::istream& words)
    {
        std::string name, verb, text;
        words >> name >> verb;
        for (const auto& port : m_ports) {
            if (port->name() != name)
                continue;
            if (verb == "open" || verb == "close")
                port->setOpen(verb == "open");
            else if (verb == "flood")
                port->flood(number(words));
            else if (words >> text)
                port->say(text);
        }
    }

    void echo()
    {
        m_echo = !m_echo;
        m_screen.fill(0, 0, pattern::kEchoSize, pattern::kEchoSize, m_echo ? 0xffffff : 0);
    }

    QxlDevice m_screen;
    std::unique_ptr<QxlDevice> m_second;
    tests::spice::InputDevices m_inputs;
    std::string m_card;
    std::optional<tests::spice::GuestAgent> m_agent;
    std::optional<tests::spice::SoundDevices> m_sound;
    std::optional<tests::spice::CardReader> m_cardReader;
    std::vector<std::unique_ptr<tests::spice::GuestPort>> m_ports;
    std::uint32_t m_frame = 0;
    QxlDevice::Head m_corner {}; ///< that is animated; nothing: the whole screen
    int m_scattered = 0; ///< at each step
    std::uint32_t m_drawn = 0;
    guint m_animation = 0;
    bool m_echo = false;
};

struct Input {
    Machine& machine;
    GMainLoop* loop;
    std::string pending;
};

gboolean inputReady(gint fd, GIOCondition, gpointer data)
{
    auto& input = *static_cast<Input*>(data);
    char buffer[4096];
    const ssize_t size = read(fd, buffer, sizeof buffer);
    if (size <= 0) {
        g_main_loop_quit(input.loop);
        return G_SOURCE_REMOVE;
    }
    input.pending.append(buffer, std::size_t(size));
    for (auto end = input.pending.find('\n'); end != std::string::npos;
         end = input.pending.find('\n')) {
        const std::string line = input.pending.substr(0, end);
        input.pending.erase(0, end + 1);
        input.machine.obey(line);
    }
    return G_SOURCE_CONTINUE;
}

} // namespace

int main(int argc, char** argv)
{
    const auto options = parse(argc, argv);
    if (!options) {
        std::fputs("spice-test-server: unknown option\n", stderr);
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN); // clients come and go as they like
    SpiceServer* server = listenAs(*options);
    if (!server) {
        std::fputs("spice-test-server: can't listen\n", stderr);
        return 1;
    }
    // For the life of the process: libspice-server's threads use them until the very end.
    auto* machine = new Machine(server, *options);
    GMainLoop* loop = g_main_loop_new(nullptr, FALSE);
    Input input { .machine = *machine, .loop = loop, .pending = {} };
    g_unix_fd_add(STDIN_FILENO, GIOCondition(G_IO_IN | G_IO_HUP), &inputReady, &input);
    report("READY");
    g_main_loop_run(loop);
    std::_Exit(0);
}
