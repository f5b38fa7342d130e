// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ClipboardBridge.h"

#include "console/ConsoleSession.h"
#include "console/protocol/SealedFile.h"
#include "vmm/base/Background.h"

#include <QBuffer>
#include <QEvent>
#include <QGuiApplication>
#include <QImage>
#include <QWidget>

#include <unistd.h>

#include <algorithm>
#include <climits>

namespace console {

namespace {

using SharedFd = std::shared_ptr<protocol::Fd>;

struct Format {
    ClipboardType type;
    const char* mime;
};
constexpr std::array kFormats {
    Format { ClipboardType::Text, "text/plain" },
    Format { ClipboardType::Png, "image/png" },
    Format { ClipboardType::Bmp, "image/bmp" },
    Format { ClipboardType::Tiff, "image/tiff" },
    Format { ClipboardType::Jpeg, "image/jpeg" },
};

QString mimeOf(ClipboardType type)
{
    return QString::fromLatin1(kFormats[size_t(type)].mime);
}

QClipboard::Mode modeOf(ClipboardSelection selection)
{
    return selection == ClipboardSelection::Primary ? QClipboard::Selection : QClipboard::Clipboard;
}

/// What a guest has copied, without a copy of our own: the bytes are the guest's, and not looked
/// at; a picture is decoded by whoever pastes it. Whoever takes them gets a copy, for these go with
/// this object, and Qt deletes it as soon as something else is copied.
class GuestMimeData : public QMimeData {
public:
    GuestMimeData(const ConsoleSession* from, const QHash<ClipboardType, ClipboardData>& parts)
        : m_from(from)
        , m_parts(parts)
    {
        for (auto part = parts.begin(); part != parts.end(); ++part) {
            const auto bytes = part.value()->bytes();
            setData(mimeOf(part.key()),
                QByteArray::fromRawData(
                    reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())));
        }
    }
    const ConsoleSession* from() const { return m_from; }

protected:
    QVariant retrieveData(const QString& mime, QMetaType type) const override
    {
        const QVariant kept = QMimeData::retrieveData(mime, type);
        if (kept.metaType() != QMetaType::fromType<QByteArray>())
            return kept;
        const QByteArray bytes = kept.toByteArray();
        return QByteArray(bytes.constData(), bytes.size());
    }

private:
    QPointer<const ConsoleSession> m_from;
    QHash<ClipboardType, ClipboardData> m_parts;
};

ClipboardTypes typesOf(const QMimeData& data)
{
    ClipboardTypes out;
    for (const Format& format : kFormats) {
        const bool isThere = format.type == ClipboardType::Text ? data.hasText()
            : format.type == ClipboardType::Png
            ? data.hasImage() || data.hasFormat(mimeOf(format.type))
            : data.hasFormat(mimeOf(format.type));
        if (isThere)
            out.append(format.type);
    }
    return out;
}

/// Of what would go to the guest first; 0 for nothing that could.
size_t contentHash(const QMimeData& data)
{
    const ClipboardTypes types = typesOf(data);
    if (types.isEmpty())
        return 0;
    return types.first() == ClipboardType::Text ? qHash(data.text())
                                                : qHash(data.data(mimeOf(types.first())));
}

/// Bytes of that type in a memory file; in a thread of its own, for it may be much.
vmm::Result<SharedFd> toMemory(QByteArray bytes, const QString& text, const QImage& image)
{
    if (!text.isEmpty())
        bytes = text.toUtf8();
    if (bytes.isEmpty() && !image.isNull()) {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
    }
    if (quint64(bytes.size()) > protocol::kMaxClipboardBytes)
        return vmm::Error { .kind = vmm::ErrorKind::InvalidConfig };
    auto file = std::make_shared<protocol::Fd>(protocol::SealedFile::write(
        std::as_bytes(std::span(bytes.constData(), size_t(bytes.size())))));
    return file;
}

} // namespace

ClipboardBridge::ClipboardBridge(QWidget& view, QObject* parent)
    : QObject(parent)
{
    addView(view);
    connect(QGuiApplication::clipboard(), &QClipboard::changed, this, &ClipboardBridge::noteChange);
}

ClipboardBridge::~ClipboardBridge() = default;

void ClipboardBridge::addView(QWidget& view)
{
    m_views.removeAll(nullptr);
    m_views.append(&view);
    view.installEventFilter(this);
}

void ClipboardBridge::removeView(QWidget& view)
{
    m_views.removeAll(&view);
    view.removeEventFilter(this);
}

bool ClipboardBridge::hasFocus() const
{
    return std::any_of(m_views.begin(), m_views.end(),
        [](const QWidget* view) { return view && view->hasFocus(); });
}

bool ClipboardBridge::isUnderMouse() const
{
    return std::any_of(m_views.begin(), m_views.end(),
        [](const QWidget* view) { return view && view->underMouse(); });
}

QString ClipboardBridge::limit()
{
    return QStringLiteral("%1 MiB").arg(protocol::kMaxClipboardBytes >> 20);
}

bool ClipboardBridge::goesToGuest() const
{
    return m_sharing == ClipboardSharing::ToGuest || m_sharing == ClipboardSharing::Both;
}

bool ClipboardBridge::comesFromGuest() const
{
    return m_sharing == ClipboardSharing::FromGuest || m_sharing == ClipboardSharing::Both;
}

AgentChannel* ClipboardBridge::agent() const
{
    return m_session ? m_session->agent() : nullptr;
}

void ClipboardBridge::setSession(ConsoleSession* session)
{
    if (m_session == session)
        return;
    if (m_session) {
        m_session->disconnect(this);
        if (AgentChannel* old = agent())
            old->disconnect(this);
        m_session->unshareClipboard(this); // unless another window has taken the console over
    }
    m_session = session;
    if (m_session) {
        connect(
            m_session, &ConsoleSession::agentChannelChanged, this, &ClipboardBridge::observeAgent);
        connect(m_session, &ConsoleSession::agentChanged, this, [this](bool isConnected) {
            m_isOffered = {};
            m_fetches = {};
            if (isConnected)
                setSharing(m_sharing); // this agent knows of nothing yet
        });
    }
    observeAgent();
}

void ClipboardBridge::observeAgent()
{
    m_isOffered = {};
    m_guestTypes = {};
    m_fetches = {};
    AgentChannel* channel = agent();
    if (!channel)
        return;
    connect(channel, &AgentChannel::clipboardOffered, this, &ClipboardBridge::noteGuestOffer);
    connect(channel, &AgentChannel::clipboardWanted, this, &ClipboardBridge::answer);
    connect(channel, &AgentChannel::clipboardArrived, this, &ClipboardBridge::takeAnswer);
    connect(channel, &AgentChannel::clipboardCut, this, [this](quint32 characters, quint64 limit) {
        if (limit > 0)
            Q_EMIT refused(limit);
        else if (characters > 0)
            Q_EMIT replaced(int(std::min(characters, quint32(INT_MAX))));
    });
    setSharing(m_sharing);
}

void ClipboardBridge::setSharing(ClipboardSharing sharing)
{
    m_sharing = sharing;
    if (!comesFromGuest()) {
        m_guestTypes = {};
        m_fetches = {};
    }
    if (m_session)
        m_session->shareClipboard(this, sharing);
    if (!goesToGuest()) {
        m_isOffered = {};
        return;
    }
    for (auto selection : { ClipboardSelection::Clipboard, ClipboardSelection::Primary }) {
        isRepeated(selection); // it is known from now on
        m_isNews[size_t(selection)] = true;
    }
    if (hasFocus())
        offerNews();
}

bool ClipboardBridge::eventFilter(QObject*, QEvent* event)
{
    switch (event->type()) {
    case QEvent::FocusIn:
        offerNews();
        break;
    case QEvent::FocusOut:
    case QEvent::Leave:
    case QEvent::Hide:
    case QEvent::WindowDeactivate:
        fetch();
        break;
    default: // of Qt's many, no enumeration of ours
        break;
    }
    return false;
}

bool ClipboardBridge::isOurs(ClipboardSelection selection) const
{
    const auto* data = dynamic_cast<const GuestMimeData*>(
        QGuiApplication::clipboard()->mimeData(modeOf(selection)));
    return data && data->from() && data->from() == m_session;
}

/// Wayland tells what the clipboard has whenever the focus comes, also if that is nothing new.
bool ClipboardBridge::isRepeated(ClipboardSelection selection)
{
    static const bool repeatsItself
        = QGuiApplication::platformName().startsWith(QLatin1StringView("wayland"));
    if (!repeatsItself)
        return false;
    const QMimeData* data = QGuiApplication::clipboard()->mimeData(modeOf(selection));
    const size_t content = data ? contentHash(*data) : 0;
    return std::exchange(m_content[size_t(selection)], content) == content;
}

void ClipboardBridge::offerNews()
{
    for (auto selection : { ClipboardSelection::Clipboard, ClipboardSelection::Primary }) {
        if (goesToGuest() && m_isNews[size_t(selection)])
            offer(selection);
    }
}

void ClipboardBridge::offer(ClipboardSelection selection)
{
    const QClipboard* clipboard = QGuiApplication::clipboard();
    const bool isThere
        = selection == ClipboardSelection::Clipboard || clipboard->supportsSelection();
    AgentChannel* channel = agent();
    if (!channel || !isThere || !goesToGuest() || isOurs(selection))
        return; // what came from there is there
    m_isNews[size_t(selection)] = false;
    const QMimeData* data = clipboard->mimeData(modeOf(selection));
    const ClipboardTypes types = data ? typesOf(*data) : ClipboardTypes();
    const bool wasOffered = std::exchange(m_isOffered[size_t(selection)], !types.isEmpty());
    if (wasOffered || !types.isEmpty())
        channel->offerClipboard(selection, types);
}

void ClipboardBridge::noteChange(QClipboard::Mode mode)
{
    if (mode != QClipboard::Clipboard && mode != QClipboard::Selection)
        return;
    const auto selection = mode == QClipboard::Selection ? ClipboardSelection::Primary
                                                         : ClipboardSelection::Clipboard;
    if (!m_session || m_sharing == ClipboardSharing::Off)
        return;
    if (isOurs(selection)) {
        m_isNews[size_t(selection)] = false;
        m_content[size_t(selection)] = 0;
        return;
    }
    if (isRepeated(selection))
        return;
    m_isNews[size_t(selection)] = true;
    m_guestTypes[size_t(selection)].clear(); // this is newer
    m_fetches[size_t(selection)] = {};
    if (hasFocus())
        offer(selection);
    else if (std::exchange(m_isOffered[size_t(selection)], false) && agent())
        agent()->offerClipboard(selection, {}); // offered again when the view is used again
}

void ClipboardBridge::answer(ClipboardSelection selection, ClipboardType type, quint32 request)
{
    AgentChannel* channel = agent();
    const QMimeData* data = QGuiApplication::clipboard()->mimeData(modeOf(selection));
    if (!channel)
        return;
    if (!goesToGuest() || !m_isOffered[size_t(selection)] || !data || isOurs(selection)) {
        channel->answerClipboard(request, -1, 0);
        return;
    }
    const bool isText = type == ClipboardType::Text;
    const QString text = isText ? data->text() : QString();
    const QByteArray bytes = isText ? QByteArray() : data->data(mimeOf(type));
    const QImage image = type == ClipboardType::Png && bytes.isEmpty()
        ? qvariant_cast<QImage>(data->imageData())
        : QImage();
    const std::function<vmm::Result<SharedFd>()> work
        = [bytes, text, image] { return toMemory(bytes, text, image); };
    vmm::async::onFinished(vmm::inBackground(work), this,
        [this, request, channel = QPointer(channel)](const vmm::Result<SharedFd>& file) {
            if (!channel || channel != agent())
                return;
            if (!file) {
                channel->answerClipboard(request, -1, 0);
                Q_EMIT tooLarge(true);
                return;
            }
            const auto bytesThere
                = file.value()->isValid() ? quint64(::lseek(file.value()->get(), 0, SEEK_END)) : 0;
            channel->answerClipboard(request, file.value()->get(), bytesThere);
        });
}

void ClipboardBridge::noteGuestOffer(ClipboardSelection selection, const ClipboardTypes& types)
{
    if (!comesFromGuest())
        return;
    m_guestTypes[size_t(selection)] = types;
    m_fetches[size_t(selection)] = {};
    if (!types.isEmpty()) {
        m_isOffered[size_t(selection)] = false; // the guest's replaced ours over there
        m_isNews[size_t(selection)] = false;
    }
    // Nobody is at the view: a program in the guest copied, and it may be wanted here at once.
    if (!types.isEmpty() && !hasFocus() && !isUnderMouse())
        fetch();
}

/// Asks for all that the guest has offered: its text, and one kind of picture.
void ClipboardBridge::fetch()
{
    AgentChannel* channel = agent();
    if (!channel || !comesFromGuest())
        return;
    for (auto selection : { ClipboardSelection::Clipboard, ClipboardSelection::Primary }) {
        const ClipboardTypes types = std::exchange(m_guestTypes[size_t(selection)], {});
        const bool isWanted = selection == ClipboardSelection::Clipboard
            || QGuiApplication::clipboard()->supportsSelection();
        if (types.isEmpty() || !isWanted)
            continue;
        ClipboardTypes wanted;
        for (ClipboardType type : types) { // best picture first, as the enumeration has them
            if (type == ClipboardType::Text || wanted.isEmpty()
                || wanted.last() == ClipboardType::Text)
                wanted.append(type);
        }
        Fetch& fetching = m_fetches[size_t(selection)];
        fetching = {};
        for (ClipboardType type : wanted) {
            fetching.waiting[++m_lastRequest] = type;
            channel->requestClipboard(selection, type, m_lastRequest);
        }
    }
}

void ClipboardBridge::takeAnswer(quint32 request, const ClipboardData& data, quint64 tooLargeBytes)
{
    if (tooLargeBytes > 0)
        Q_EMIT tooLarge(false);
    for (auto selection : { ClipboardSelection::Clipboard, ClipboardSelection::Primary }) {
        Fetch& fetching = m_fetches[size_t(selection)];
        const auto asked = fetching.waiting.constFind(request);
        if (asked == fetching.waiting.constEnd())
            continue;
        if (data)
            fetching.got[*asked] = data;
        fetching.waiting.erase(asked);
        if (fetching.waiting.isEmpty())
            publish(selection);
        return;
    }
}

void ClipboardBridge::publish(ClipboardSelection selection)
{
    const auto parts = std::exchange(m_fetches[size_t(selection)], {}).got;
    if (!parts.isEmpty() && comesFromGuest())
        QGuiApplication::clipboard()->setMimeData(
            new GuestMimeData(m_session, parts), modeOf(selection));
}

} // namespace console
