// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AgentTypes.h"

#include <QClipboard>
#include <QHash>
#include <QMimeData>
#include <QPointer>

#include <array>

class QWidget;

namespace console {

class AgentChannel;
class ConsoleSession;

/// This computer's clipboard on one side, a machine's on the other, as far as the user allows it.
/// GUI thread; much data is copied in another.
///
/// To the guest: while the view has the focus it is told that there is something, and gets it when
/// it asks for exactly that. What is copied while the view is not in use is offered once it is used
/// again; what was offered before is not, for the guest may have copied something since.
/// From the guest: what it copies stays there until somebody may want it here, that is until the
/// pointer or the focus leaves the view.
class ClipboardBridge : public QObject {
    Q_OBJECT

public:
    explicit ClipboardBridge(QWidget& view, QObject* parent = nullptr);
    ~ClipboardBridge() override;

    /// Another view of the same machine, whose focus counts as the first one's does.
    void addView(QWidget& view);
    void removeView(QWidget& view);
    void setSession(ConsoleSession* session);
    void setSharing(ClipboardSharing sharing);
    ClipboardSharing sharing() const { return m_sharing; }
    static QString limit(); ///< how much can be copied, in words

Q_SIGNALS:
    /// More was copied than goes across. Nothing of it went.
    void tooLarge(bool toGuest);
    /// More than these bytes, which is what the machine's server takes. Nothing of it went.
    void refused(quint64 limit);
    /// It went, but so many of its characters as question marks.
    void replaced(int characters);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    static constexpr int kSelections = 2;
    /// What was asked of the guest, piece by piece.
    struct Fetch {
        QHash<quint32, ClipboardType> waiting {};
        QHash<ClipboardType, ClipboardData> got {};
    };

    bool hasFocus() const; ///< one of the views
    bool isUnderMouse() const;
    bool goesToGuest() const;
    bool comesFromGuest() const;
    AgentChannel* agent() const;
    void observeAgent();
    void offer(ClipboardSelection selection);
    void offerNews();
    bool isRepeated(ClipboardSelection selection);
    void noteChange(QClipboard::Mode mode);
    void answer(ClipboardSelection selection, ClipboardType type, quint32 request);
    void noteGuestOffer(ClipboardSelection selection, const ClipboardTypes& types);
    void fetch();
    void takeAnswer(quint32 request, const ClipboardData& data, quint64 tooLargeBytes);
    void publish(ClipboardSelection selection);
    bool isOurs(ClipboardSelection selection) const;

    QList<QPointer<QWidget>> m_views;
    QPointer<ConsoleSession> m_session;
    ClipboardSharing m_sharing = ClipboardSharing::Off;
    std::array<bool, kSelections> m_isOffered {};
    std::array<bool, kSelections> m_isNews {}; ///< what is here is newer than what is there
    std::array<size_t, kSelections> m_content {}; ///< a hash of it, where that is needed
    std::array<ClipboardTypes, kSelections> m_guestTypes; ///< not fetched yet
    std::array<Fetch, kSelections> m_fetches;
    quint32 m_lastRequest = 0;
};

} // namespace console
