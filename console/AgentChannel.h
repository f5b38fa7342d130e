// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentTypes.h"

#include <QObject>

namespace console {

/// What a connection can do through the agent in the guest. One per connection; a session keeps it
/// behind ConsoleSession::agent(). GUI thread. Without an agent nothing happens, and files end with
/// NoAgent.
class AgentChannel : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether texts of the clipboard are all it carries, as over VNC.
    virtual bool isTextOnly() const { return false; }

    /// Nothing crosses before this, in neither direction.
    virtual void setClipboardSharing(ClipboardSharing sharing) = 0;
    /// There is something here that the guest may ask for. No types: nothing any more.
    virtual void offerClipboard(ClipboardSelection selection, const ClipboardTypes& types) = 0;
    /// Asks for what the guest offered; clipboardArrived answers, sooner or later or never.
    virtual void requestClipboard(ClipboardSelection selection, ClipboardType type, quint32 request)
        = 0;
    /// Answers clipboardWanted. `memfd` (SealedFile::write) stays the caller's; -1: nothing.
    virtual void answerClipboard(quint32 request, int memfd, quint64 bytes) = 0;

    /// Sends a local file; `transfer` is the caller's number for it. Ends with fileEnded.
    virtual void sendFile(quint32 transfer, const QString& path) = 0;
    virtual void cancelFile(quint32 transfer) = 0;

    /// All monitors that the guest should have, with their places.
    virtual void arrangeMonitors(const QList<MonitorArea>& monitors) = 0;

Q_SIGNALS:
    void clipboardOffered(
        console::ClipboardSelection selection, const console::ClipboardTypes& types);
    void clipboardWanted(
        console::ClipboardSelection selection, console::ClipboardType type, quint32 request);
    /// Null data: the guest has none, or too much (`tooLarge` bytes, else 0).
    void clipboardArrived(quint32 request, const console::ClipboardData& data, quint64 tooLarge);
    /// What was given to the guest lost so many characters, or did not go: more than `limit` bytes.
    void clipboardCut(quint32 replaced, quint64 limit);
    void fileProgressed(quint32 transfer, qint64 sent, qint64 total); ///< bytes
    void fileEnded(quint32 transfer, console::FileOutcome outcome, const QString& detail);
    /// How the guest's monitors lie on one of its screens, and how many its card could have.
    void monitorsChanged(int screen, const QList<console::MonitorArea>& monitors, int offered);
};

} // namespace console
