// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/vdctl/CommandTable.h"
#include "hosts/moving/MoveSurvey.h"

#include <memory>

namespace vdctl {

/// One `vdctl move`: connects to the other host, looks for what is in the way, tells it, and has
/// the machine move.
class MoveRun : public QObject {
    Q_OBJECT

public:
    /// `source` must outlive this.
    explicit MoveRun(hosts::Host& source);

    /// `target`: not open yet. Errors: NotFound, InvalidConfig, of what was typed.
    vmm::Result<void> start(const Call& call, std::unique_ptr<hosts::Host> target);
    void cancel(); ///< it takes back what it has done, then ends with Cancelled

Q_SIGNALS:
    void noticed(const vdctl::Shown& shown); ///< to be told beside the outcome
    void progressed(int percent);
    void failed(const vmm::Error& error);
    void finished(const vdctl::Shown& shown);

private:
    void follow(hosts::ConnectionState state);
    void look();
    void judge(const hosts::moving::MovePlan& plan);
    void move();

    hosts::Host& m_source;
    std::unique_ptr<hosts::Host> m_target;
    hosts::moving::MoveRequest m_request;
    vmm::Future<hosts::VmId> m_moving;
    bool m_isCheckOnly = false;
    bool m_hasBegun = false;
    bool m_isCancelled = false;
};

} // namespace vdctl
