// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/spice-server/QxlDevice.h"

#include "tests/spice-server/Pattern.h"
#include "tests/spice-server/SpiceCore.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>

namespace tests::spice {

struct QxlDevice::Command {
    QXLCommandExt ext {};
    QXLDrawable drawable {};
    std::unique_ptr<QXLImage> image = std::make_unique<QXLImage>();
    QXLCursorCmd cursor {};
    std::vector<std::uint32_t> pixels;
    std::vector<std::uint8_t> cursorShape; ///< a QXLCursor and its pixels
};

namespace {

using Command = QxlDevice::Command;

constexpr std::uint64_t kTextureDrawn = 7;

// The "physical" addresses of this card are pointers.
template <typename T> QXLPHYSICAL addressOf(T* pointer)
{
    return reinterpret_cast<std::uintptr_t>(pointer);
}

void releaseCommand(QXLInstance*, QXLReleaseInfoExt info)
{
    delete reinterpret_cast<Command*>(std::uintptr_t(info.info->id));
}

std::unique_ptr<Command> drawable(int x, int y, int width, int height, std::uint8_t type)
{
    auto command = std::make_unique<Command>();
    QXLDrawable& draw = command->drawable;
    draw.release_info.id = addressOf(command.get());
    draw.bbox = { .top = y, .left = x, .bottom = y + height, .right = x + width };
    draw.clip.type = SPICE_CLIP_TYPE_NONE;
    draw.effect = QXL_EFFECT_OPAQUE;
    draw.type = type;
    std::memset(draw.surfaces_dest, 0xff, sizeof draw.surfaces_dest); // depends on no surface
    command->ext.cmd.type = QXL_CMD_DRAW;
    command->ext.cmd.data = addressOf(&draw);
    return command;
}

std::unique_ptr<Command> cursorCommand(std::uint8_t type)
{
    auto command = std::make_unique<Command>();
    command->cursor.release_info.id = addressOf(command.get());
    command->cursor.type = type;
    command->ext.cmd.type = QXL_CMD_CURSOR;
    command->ext.cmd.data = addressOf(&command->cursor);
    return command;
}

void ignoreLevel(QXLInstance*, int)
{
}
void ignoreUpdate(QXLInstance*, std::uint32_t)
{
}
int flushNothing(QXLInstance*)
{
    return 1;
}

void initInfo(QXLInstance*, QXLDevInitInfo* info)
{
    *info = {};
    info->num_memslots = 1;
    info->num_memslots_groups = 1;
    info->memslot_id_bits = 1;
    info->memslot_gen_bits = 1;
    info->n_surfaces = 2;
}

void clientChanged(QXLInstance*, std::uint8_t present, std::uint8_t*)
{
    report("CLIENT %d", present);
}

int monitorsConfig(QXLInstance*, VDAgentMonitorsConfig* config)
{
    if (!config || config->num_of_monitors == 0)
        return 1;
    report("MONITOR %u %u", config->monitors[0].width, config->monitors[0].height);
    std::string all;
    for (std::uint32_t i = 0; i < config->num_of_monitors; ++i) {
        const VDAgentMonConfig& at = config->monitors[i];
        all += ' ' + std::to_string(at.width) + 'x' + std::to_string(at.height) + '+'
            + std::to_string(at.x) + '+' + std::to_string(at.y);
    }
    report("MONITORS%s", all.c_str());
    return 1;
}

int bytesPerPixel(std::uint32_t format)
{
    return format == SPICE_SURFACE_FMT_16_555 || format == SPICE_SURFACE_FMT_16_565 ? 2 : 4;
}

} // namespace

const QXLInterface& QxlDevice::interface()
{
    static const QXLInterface table = [] {
        QXLInterface out {};
        out.base.type = SPICE_INTERFACE_QXL;
        out.base.description = "test card";
        out.base.major_version = SPICE_INTERFACE_QXL_MAJOR;
        out.base.minor_version = SPICE_INTERFACE_QXL_MINOR;
        out.attached_worker = &QxlDevice::attached;
        out.set_compression_level = ignoreLevel;
        out.get_init_info = initInfo;
        out.get_command = &QxlDevice::fetchDraw;
        out.req_cmd_notification = &QxlDevice::drawsDone;
        out.release_resource = releaseCommand;
        out.get_cursor_command = &QxlDevice::fetchCursor;
        out.req_cursor_notification = &QxlDevice::cursorsDone;
        out.notify_update = ignoreUpdate;
        out.flush_resources = flushNothing;
        out.async_complete = [](QXLInstance*, std::uint64_t cookie) {
            if (cookie == kTextureDrawn)
                report("DRAWN");
        };
        out.set_client_capabilities = clientChanged;
        out.client_monitors_config = monitorsConfig;
        return out;
    }();
    return table;
}

QxlDevice::QxlDevice(SpiceServer* server, Mode mode, int id)
    : m_server(server)
    , m_mode(mode)
{
    m_instance.base.sif = &interface().base;
    m_instance.device = this;
    m_instance.id = id;
    spice_server_add_interface(server, &m_instance.base);
}

QxlDevice::~QxlDevice()
{
    for (Command* command : m_draws)
        delete command;
    for (Command* command : m_cursors)
        delete command;
}

QxlDevice& QxlDevice::of(QXLInstance* instance)
{
    return *static_cast<Instance*>(instance)->device;
}

void QxlDevice::attached(QXLInstance* instance)
{
    QXLDevMemSlot everything {};
    everything.virt_end = std::numeric_limits<std::uintptr_t>::max();
    everything.qxl_ram_size = std::numeric_limits<std::uint32_t>::max();
    spice_qxl_add_memslot(instance, &everything);
    of(instance).createPrimary();
    spice_server_vm_start(of(instance).m_server);
}

void QxlDevice::createPrimary()
{
    // The server draws through pixman, which wants rows of whole words.
    const int stride = (m_mode.width * bytesPerPixel(m_mode.format) + 3) / 4 * 4;
    m_primary.assign(std::size_t(stride) * m_mode.height, 0);
    QXLDevSurfaceCreate surface {};
    surface.format = m_mode.format;
    surface.width = std::uint32_t(m_mode.width);
    surface.height = std::uint32_t(m_mode.height);
    surface.stride = -stride; // top row first
    surface.mem = addressOf(m_primary.data());
    surface.mouse_mode = 1;
    spice_qxl_create_primary_surface(&m_instance, 0, &surface);
    fill(0, 0, m_mode.width, m_mode.height, pattern::kBackground);
}

void QxlDevice::setMode(Mode mode)
{
    spice_qxl_destroy_primary_surface(&m_instance, 0);
    m_mode = mode;
    createPrimary();
}

void QxlDevice::setHeads(const std::vector<Head>& heads)
{
    QXLMonitorsConfig config {};
    config.count = std::uint16_t(std::min<std::size_t>(heads.size(), 4));
    config.max_allowed = 4;
    m_heads.resize(sizeof config + 4 * sizeof(QXLHead)); // read by the server's thread later on
    std::memcpy(m_heads.data(), &config, sizeof config);
    for (std::size_t i = 0; i < config.count; ++i) {
        QXLHead head {};
        head.id = std::uint32_t(i);
        head.x = std::uint32_t(heads[i].x);
        head.y = std::uint32_t(heads[i].y);
        head.width = std::uint32_t(heads[i].width);
        head.height = std::uint32_t(heads[i].height);
        std::memcpy(m_heads.data() + sizeof config + i * sizeof head, &head, sizeof head);
    }
    spice_qxl_monitors_config_async(&m_instance, addressOf(m_heads.data()), 0, 0);
}

void QxlDevice::fill(int x, int y, int width, int height, std::uint32_t rgb)
{
    auto command = drawable(x, y, width, height, QXL_DRAW_FILL);
    QXLFill& fill = command->drawable.u.fill;
    fill.brush.type = SPICE_BRUSH_TYPE_SOLID;
    fill.brush.u.color = rgb;
    fill.rop_descriptor = SPICE_ROPD_OP_PUT;
    push(m_draws, std::move(command));
}

void QxlDevice::copy(int x, int y, int width, int height, std::vector<std::uint32_t> pixels)
{
    auto command = drawable(x, y, width, height, QXL_DRAW_COPY);
    command->pixels = std::move(pixels);
    QXLImage& image = *command->image;
    QXL_SET_IMAGE_ID(&image, QXL_IMAGE_GROUP_DEVICE, ++m_lastImage);
    image.descriptor.type = SPICE_IMAGE_TYPE_BITMAP;
    image.descriptor.width = image.bitmap.x = std::uint32_t(width);
    image.descriptor.height = image.bitmap.y = std::uint32_t(height);
    image.bitmap.flags = QXL_BITMAP_DIRECT | QXL_BITMAP_TOP_DOWN;
    image.bitmap.stride = std::uint32_t(width) * 4;
    image.bitmap.format = SPICE_BITMAP_FMT_32BIT;
    image.bitmap.data = addressOf(command->pixels.data());
    QXLCopy& copy = command->drawable.u.copy;
    copy.rop_descriptor = SPICE_ROPD_OP_PUT;
    copy.src_bitmap = addressOf(&image);
    copy.src_area = { .top = 0, .left = 0, .bottom = height, .right = width };
    push(m_draws, std::move(command));
}

void QxlDevice::scroll(int lines)
{
    auto command = drawable(0, 0, m_mode.width, m_mode.height - lines, QXL_COPY_BITS);
    command->drawable.u.copy_bits.src_pos = { .x = 0, .y = lines };
    push(m_draws, std::move(command));
}

void QxlDevice::setCursor(int width, int height, int hotX, int hotY, std::uint32_t argb)
{
    auto command = cursorCommand(QXL_CURSOR_SET);
    const std::vector<std::uint32_t> pixels(std::size_t(width) * height, argb);
    const std::size_t bytes = pixels.size() * 4;
    command->cursorShape.resize(sizeof(QXLCursor) + bytes);
    QXLCursor shape {};
    shape.header.unique = ++m_lastImage;
    shape.header.type = SPICE_CURSOR_TYPE_ALPHA;
    shape.header.width = std::uint16_t(width);
    shape.header.height = std::uint16_t(height);
    shape.header.hot_spot_x = std::uint16_t(hotX);
    shape.header.hot_spot_y = std::uint16_t(hotY);
    shape.data_size = std::uint32_t(bytes);
    shape.chunk.data_size = std::uint32_t(bytes);
    std::memcpy(command->cursorShape.data(), &shape, sizeof shape);
    std::memcpy(command->cursorShape.data() + sizeof shape, pixels.data(), bytes);
    command->cursor.u.set.visible = 1;
    command->cursor.u.set.shape = addressOf(command->cursorShape.data());
    push(m_cursors, std::move(command));
}

void QxlDevice::moveCursor(int x, int y)
{
    auto command = cursorCommand(QXL_CURSOR_MOVE);
    command->cursor.u.position = { .x = std::int16_t(x), .y = std::int16_t(y) };
    push(m_cursors, std::move(command));
}

void QxlDevice::hideCursor()
{
    push(m_cursors, cursorCommand(QXL_CURSOR_HIDE));
}

void QxlDevice::resetCursor()
{
    spice_qxl_reset_cursor(&m_instance);
}

void QxlDevice::showTexture(std::unique_ptr<Texture> texture)
{
    m_texture = std::move(texture);
    spice_qxl_gl_scanout(&m_instance, m_texture->duplicate(), std::uint32_t(m_mode.width),
        std::uint32_t(m_mode.height), m_texture->stride(), m_texture->fourcc(),
        m_texture->isTopFirst());
}

void QxlDevice::drawTexture(std::uint32_t frame, int x, int y, int width, int height)
{
    m_texture->draw(frame, x, y, width, height);
    spice_qxl_gl_draw_async(&m_instance, std::uint32_t(x), std::uint32_t(y), std::uint32_t(width),
        std::uint32_t(height), kTextureDrawn);
}

void QxlDevice::push(std::deque<Command*>& queue, std::unique_ptr<Command> command)
{
    {
        const std::lock_guard guard(m_lock);
        queue.push_back(command.release()); // comes back through releaseCommand()
    }
    spice_qxl_wakeup(&m_instance);
}

int QxlDevice::fetch(std::deque<Command*>& queue, QXLCommandExt* out)
{
    const std::lock_guard guard(m_lock);
    if (queue.empty())
        return 0;
    *out = queue.front()->ext;
    queue.pop_front();
    return 1;
}

std::size_t QxlDevice::queued()
{
    const std::lock_guard guard(m_lock);
    return m_draws.size();
}

int QxlDevice::fetchDraw(QXLInstance* instance, QXLCommandExt* out)
{
    return of(instance).fetch(of(instance).m_draws, out);
}

int QxlDevice::fetchCursor(QXLInstance* instance, QXLCommandExt* out)
{
    return of(instance).fetch(of(instance).m_cursors, out);
}

int QxlDevice::drawsDone(QXLInstance* instance)
{
    return of(instance).queued() == 0;
}

int QxlDevice::cursorsDone(QXLInstance* instance)
{
    const std::lock_guard guard(of(instance).m_lock);
    return of(instance).m_cursors.empty();
}

} // namespace tests::spice
