// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncViewer.h"

#include "console/helper/SocketSilence.h"
#include "console/helper/VncTrust.h"

#include <gio/gunixsocketaddress.h>

#include <algorithm>
#include <array>

namespace console::helper {

namespace {

std::vector<unsigned> valuesOf(const GValueArray* array)
{
    std::vector<unsigned> values;
    for (guint i = 0; i < array->n_values; ++i)
        values.push_back(unsigned(g_value_get_enum(&array->values[i])));
    return values;
}

/// The first of `wanted` that is offered; 0 if none is.
template <std::size_t Size>
unsigned firstOf(const std::array<unsigned, Size>& wanted, const std::vector<unsigned>& offered)
{
    const auto found = std::find_if(wanted.begin(), wanted.end(), [&](unsigned type) {
        return std::find(offered.begin(), offered.end(), type) != offered.end();
    });
    return found == wanted.end() ? 0 : *found;
}

/// Encrypted and proven first; MS-Logon hides a password badly.
constexpr std::array<unsigned, 8> kTypes { VNC_CONNECTION_AUTH_VENCRYPT, VNC_CONNECTION_AUTH_TLS,
    VNC_CONNECTION_AUTH_SASL, VNC_CONNECTION_AUTH_VNC, VNC_CONNECTION_AUTH_ARD,
    VNC_CONNECTION_AUTH_MSLOGONII, VNC_CONNECTION_AUTH_MSLOGON, VNC_CONNECTION_AUTH_NONE };
constexpr std::array<unsigned, 4> kCertified { VNC_CONNECTION_AUTH_VENCRYPT_X509SASL,
    VNC_CONNECTION_AUTH_VENCRYPT_X509PLAIN, VNC_CONNECTION_AUTH_VENCRYPT_X509VNC,
    VNC_CONNECTION_AUTH_VENCRYPT_X509NONE };
constexpr std::array<unsigned, 4> kUncertified { VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL,
    VNC_CONNECTION_AUTH_VENCRYPT_TLSPLAIN, VNC_CONNECTION_AUTH_VENCRYPT_TLSVNC,
    VNC_CONNECTION_AUTH_VENCRYPT_TLSNONE };

/// Among gvnc's (1.3) errors the ones of the connection; the others are about what came over it.
bool isEndOfConnection(std::string_view error)
{
    return error == "Server closed the connection" || error == "Unable to read from server"
        || error.starts_with("Failed to ");
}

} // namespace

VncViewer::VncViewer(WindowLink& link, std::function<void()> ended)
    : m_link(link)
    , m_ended(std::move(ended))
    , m_frames(link)
{
}

VncViewer::~VncViewer()
{
    m_isOver = true;
    m_signals.reset();
    releaseHeld();
    m_clipboard.reset();
    m_liveness.reset();
    m_sound.reset();
    if (m_vnc)
        vnc_connection_shutdown(m_vnc.get());
}

void VncViewer::handle(const protocol::ToHelper& message, protocol::Payload, protocol::Fd fd)
{
    std::visit(
        [&](const auto& body) {
            if constexpr (requires { m_clipboard->take(body); }) {
                if (m_clipboard)
                    m_clipboard->take(body);
            } else if constexpr (requires { m_clipboard->take(body, 0); }) {
                if (m_clipboard)
                    m_clipboard->take(body, fd.get());
            } else {
                take(body);
            }
        },
        message);
}

void VncViewer::take(const protocol::Open& message)
{
    if (!m_vnc)
        open(message);
}

void VncViewer::open(const protocol::Open& endpoint)
{
    m_endpoint = endpoint;
    trustOnly(endpoint.tlsCaFile.data());
    m_vnc.reset(vnc_connection_new());
    m_signals = std::make_unique<Connections>(m_vnc.get());
    const auto on = [this](const char* signal, auto* handler) {
        m_signals->add(signal, G_CALLBACK(handler), this);
    };
    on("vnc-connected", &VncViewer::connected);
    on("vnc-initialized", &VncViewer::initialized);
    on("vnc-disconnected", &VncViewer::disconnected);
    on("vnc-error", &VncViewer::failed);
    on("vnc-auth-choose-type", &VncViewer::chooseType);
    on("vnc-auth-choose-subtype", &VncViewer::chooseSubtype);
    on("vnc-auth-credential", &VncViewer::askCredentials);
    on("vnc-auth-failure", &VncViewer::refused);
    on("vnc-auth-unsupported", &VncViewer::unsupportedType);
    on("vnc-desktop-resize", &VncViewer::resized);
    on("vnc-framebuffer-update", &VncViewer::updated);
    on("vnc-pixel-format-changed", &VncViewer::formatChanged);
    on("vnc-cursor-changed", &VncViewer::cursorChanged);
    on("vnc-pointer-mode-changed", &VncViewer::pointerModeChanged);
    on("vnc-bell", &VncViewer::rang);
    m_signals->addPlain("vnc-led-state", G_CALLBACK(&VncViewer::lightsChanged), this);
    m_clipboard = std::make_unique<VncClipboard>(m_vnc.get(), m_link);
    m_liveness = std::make_unique<VncLiveness>(m_vnc.get(), m_link);
    m_sound = std::make_unique<VncSound>(m_vnc.get(), m_link);
    vnc_connection_set_shared(m_vnc.get(), endpoint.exclusive ? FALSE : TRUE);
    m_link.send(protocol::StageReached { .stage = protocol::Stage::Connecting });
    if (!openSocket(endpoint))
        end(protocol::Failure::Connect, "the console's address can't be used");
}

bool VncViewer::openSocket(const protocol::Open& endpoint)
{
    // A certificate names a host. A socket has none, so what it must name has to be told.
    const char* name = endpoint.tlsSubject[0] != '\0' ? endpoint.tlsSubject.data()
        : endpoint.host[0] != '\0'                    ? endpoint.host.data()
                                                      : "localhost";
    if (endpoint.unixSocket[0] != '\0') {
        const GObjectPtr<GSocketAddress> address(
            g_unix_socket_address_new(endpoint.unixSocket.data()));
        return vnc_connection_open_addr(m_vnc.get(), address.get(), name);
    }
    const auto number = endpoint.port != 0 ? endpoint.port : endpoint.tlsPort;
    // The library has the certificate name what it is given as the host.
    if (const GObjectPtr<GSocketAddress> address {
            g_inet_socket_address_new_from_string(endpoint.host.data(), number) };
        address && endpoint.tlsSubject[0] != '\0')
        return vnc_connection_open_addr(m_vnc.get(), address.get(), name);
    const auto port = std::to_string(number);
    return vnc_connection_open_host(m_vnc.get(), endpoint.host.data(), port.c_str());
}

void VncViewer::connected(VncConnection*, gpointer self)
{
    VncViewer& me = of(self);
    me.m_failure = protocol::Failure::Connect; // a server that does not speak VNC
    if (me.m_reason.empty())
        me.m_link.send(protocol::StageReached { .stage = protocol::Stage::Authenticating });
}

void VncViewer::chooseType(VncConnection* vnc, GValueArray* types, gpointer self)
{
    VncViewer& me = of(self);
    const auto offered = valuesOf(types);
    unsigned type = firstOf(kTypes, offered);
    const bool mustEncrypt = me.m_endpoint.tlsCaFile[0] != '\0' || me.m_endpoint.tlsPort != 0;
    if (mustEncrypt && type != VNC_CONNECTION_AUTH_VENCRYPT) {
        me.end(protocol::Failure::Tls, "the server offers no encryption with certificates");
        return;
    }
    if (type == 0) {
        me.end(protocol::Failure::Authentication,
            "the server offers only ways to sign in that VirtDeck does not know");
        return;
    }
    me.m_isSasl = type == VNC_CONNECTION_AUTH_SASL;
    vnc_connection_set_auth_type(vnc, type);
}

void VncViewer::chooseSubtype(VncConnection* vnc, guint, GValueArray* types, gpointer self)
{
    VncViewer& me = of(self);
    const auto offered = valuesOf(types);
    unsigned type = firstOf(kCertified, offered);
    const bool mustProve = me.m_endpoint.tlsCaFile[0] != '\0' || me.m_endpoint.tlsPort != 0;
    if (type == 0 && !mustProve)
        type = firstOf(kUncertified, offered);
    // VINO's TLS counts by the plain types.
    if (type == 0 && !mustProve)
        type = firstOf(kTypes, offered);
    if (type == 0) {
        me.end(protocol::Failure::Tls, "the server has no certificate to prove itself with");
        return;
    }
    me.m_isSasl = type == VNC_CONNECTION_AUTH_VENCRYPT_X509SASL
        || type == VNC_CONNECTION_AUTH_VENCRYPT_TLSSASL || type == VNC_CONNECTION_AUTH_SASL;
    vnc_connection_set_auth_subtype(vnc, type);
}

void VncViewer::askCredentials(VncConnection*, GValueArray* wanted, gpointer self)
{
    VncViewer& me = of(self);
    const auto all = valuesOf(wanted);
    me.m_isUserAsked = me.m_isUserAsked
        || std::find(all.begin(), all.end(), unsigned(VNC_CONNECTION_CREDENTIAL_USERNAME))
            != all.end();
    for (const unsigned what : all) {
        if (!me.giveCredential(int(what)))
            return;
    }
}

bool VncViewer::giveCredential(int what)
{
    switch (what) {
    case VNC_CONNECTION_CREDENTIAL_PASSWORD:
        if (m_endpoint.password[0] == '\0') {
            end(protocol::Failure::Authentication, "the server asks for a password");
            return false;
        }
        vnc_connection_set_credential(m_vnc.get(), what, m_endpoint.password.data());
        return true;
    case VNC_CONNECTION_CREDENTIAL_USERNAME:
        vnc_connection_set_credential(m_vnc.get(), what,
            m_endpoint.userName[0] != '\0' ? m_endpoint.userName.data() : g_get_user_name());
        return true;
    default: // whose certificates to take for a client; files of this name, if there are any
        vnc_connection_set_credential(m_vnc.get(), what, "virtdeck");
        return true;
    }
}

void VncViewer::refused(VncConnection*, const char* reason, gpointer self)
{
    of(self).end(protocol::Failure::Authentication,
        std::string("the server refused the password")
            + (reason && *reason ? std::string(": ") + reason : std::string()));
}

void VncViewer::unsupportedType(VncConnection*, guint type, gpointer self)
{
    of(self).end(protocol::Failure::Authentication,
        "the server wants to be signed in to in a way that VirtDeck does not know: type "
            + std::to_string(type));
}

void VncViewer::failed(VncConnection*, const char* message, gpointer self)
{
    VncViewer& me = of(self);
    if (!me.m_reason.empty() || !message)
        return;
    const std::string& refusal = me.m_clipboard->refusal();
    me.m_reason = refusal.empty() ? message : refusal;
    me.m_isNonsense = !refusal.empty() || !isEndOfConnection(message);
    const auto says = [&](const char* word) { return me.m_reason.find(word) != std::string::npos; };
    if (says("TLS") || says("ertificate") || says("handshake"))
        me.m_failure = protocol::Failure::Tls;
    else if (says("uthenticat") || says("credential") || says("SASL"))
        me.m_failure = protocol::Failure::Authentication;
}

void VncViewer::disconnected(VncConnection*, gpointer self)
{
    of(self).explainEnd();
}

void VncViewer::explainEnd()
{
    if (m_isOver || m_probe)
        return;
    const std::string said = m_reason.empty() ? std::string() : ": " + m_reason;
    if (!m_isLive) {
        const char* what = m_failure == protocol::Failure::Tls
            ? "the server's certificate was not accepted"
            : m_failure == protocol::Failure::Authentication
            ? "the server did not let us in"
            : "there is no VNC server that can be used";
        end(m_failure, what + said);
        return;
    }
    if (m_isNonsense) {
        end(protocol::Failure::Protocol, "the server sent what makes no sense" + said);
        return;
    }
    if (isNetworkBroken() || isConnectionReset()) {
        end(protocol::Failure::ServerClosed, "the network broke the connection" + said);
        return;
    }
    m_probe = std::make_unique<ServerProbe>(m_endpoint, [this, said](bool alive) {
        end(alive ? protocol::Failure::TakenOver : protocol::Failure::ServerClosed,
            (alive ? "the server ended the connection and goes on" : "the server is gone") + said);
    });
}

void VncViewer::end(protocol::Failure failure, const std::string& detail)
{
    if (m_isOver)
        return;
    m_isOver = true;
    explicit_bzero(m_endpoint.password.data(), m_endpoint.password.size());
    const bool wantsUser = m_isUserAsked && failure == protocol::Failure::Authentication;
    m_link.send(protocol::Ended { .failure = failure,
        .wantsUser = wantsUser ? 1u : 0u,
        .detail = protocol::toText<512>(detail) });
    m_ended();
}

} // namespace console::helper
