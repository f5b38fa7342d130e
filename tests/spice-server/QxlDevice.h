// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/console/Texture.h"

#include <spice.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace tests::spice {

/// A graphics card without a machine: commands are queued here and fetched by the server's display
/// thread.
class QxlDevice {
public:
    struct Mode {
        int width = 1024;
        int height = 768;
        std::uint32_t format = SPICE_SURFACE_FMT_32_xRGB;
    };

    struct Head {
        int x = 0;
        int y = 0;
        int width = 0;
        int height = 0;
    };

    QxlDevice(SpiceServer* server, Mode mode, int id = 0);
    ~QxlDevice();
    QxlDevice(const QxlDevice&) = delete;
    QxlDevice& operator=(const QxlDevice&) = delete;

    const Mode& mode() const { return m_mode; }
    void setMode(Mode mode); ///< destroys the screen and makes another
    void setHeads(const std::vector<Head>& heads); ///< at most 4; the screen goes on as it is
    void fill(int x, int y, int width, int height, std::uint32_t rgb);
    /// A picture of 0x00RRGGBB pixels.
    void copy(int x, int y, int width, int height, std::vector<std::uint32_t> pixels);
    void scroll(int lines); ///< all up by so many rows of pixels; the lowest stay as they were
    void setCursor(int width, int height, int hotX, int hotY, std::uint32_t argb);
    void moveCursor(int x, int y);
    void hideCursor();
    /// As a display with OpenGL does: no client but a local one can see it.
    void showTexture(std::unique_ptr<Texture> texture);
    void drawTexture(std::uint32_t frame, int x, int y, int width, int height);
    void resetCursor(); ///< as when the machine is reset
    std::size_t queued(); ///< drawing commands that nobody has fetched yet

    struct Command; ///< one queued command with all the memory it refers to

private:
    static QxlDevice& of(QXLInstance* instance);
    static void attached(QXLInstance* instance);
    static int fetchDraw(QXLInstance* instance, QXLCommandExt* out);
    static int fetchCursor(QXLInstance* instance, QXLCommandExt* out);
    static int drawsDone(QXLInstance* instance);
    static int cursorsDone(QXLInstance* instance);
    static const QXLInterface& interface();
    void createPrimary();
    void push(std::deque<Command*>& queue, std::unique_ptr<Command> command);
    int fetch(std::deque<Command*>& queue, QXLCommandExt* out);

    struct Instance : QXLInstance {
        QxlDevice* device = nullptr;
    };

    SpiceServer* m_server;
    Instance m_instance {};
    Mode m_mode;
    std::vector<std::uint8_t> m_primary;
    std::vector<std::uint8_t> m_heads; ///< a QXLMonitorsConfig
    std::mutex m_lock; ///< of the queues
    std::deque<Command*> m_draws;
    std::deque<Command*> m_cursors;
    std::uint32_t m_lastImage = 0;
    std::unique_ptr<Texture> m_texture;
};

} // namespace tests::spice
