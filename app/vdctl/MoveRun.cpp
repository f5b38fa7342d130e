// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/vdctl/MoveRun.h"

#include "app/vdctl/Shown.h"
#include "app/vdctl/Values.h"
#include "hosts/moving/MachineMove.h"
#include "ui/text/MoveText.h"

#include <QFutureWatcher>

namespace vdctl {

using hosts::ConnectionState;
using hosts::moving::MovePlan;
using hosts::moving::Obstacle;
using vmm::Error;
using vmm::ErrorKind;

namespace {

QString wordOf(Obstacle::Weight weight)
{
    switch (weight) {
    case Obstacle::Weight::Fatal:
        return QStringLiteral("in the way");
    case Obstacle::Weight::Loss:
        return QStringLiteral("lost");
    case Obstacle::Weight::Note:
        return QStringLiteral("note");
    }
    Q_UNREACHABLE();
}

Shown showObstacles(const QVector<Obstacle>& obstacles)
{
    Shown shown;
    QJsonArray all;
    for (const Obstacle& each : obstacles) {
        const ui::MoveText words = ui::MoveText::of(each);
        QString line = wordOf(each.weight) + QStringLiteral(": ") + words.what;
        if (!words.remedy.isEmpty())
            line += QLatin1Char(' ') + words.remedy;
        shown.text += line + QLatin1Char('\n');
        all.append(QJsonObject { { QStringLiteral("kind"), nameOf(each.kind) },
            { QStringLiteral("weight"), nameOf(each.weight) },
            { QStringLiteral("subject"), each.subject }, { QStringLiteral("detail"), each.detail },
            { QStringLiteral("message"), words.what } });
    }
    shown.json = document(all);
    return shown;
}

} // namespace

MoveRun::MoveRun(hosts::Host& source)
    : m_source(source)
{
}

vmm::Result<void> MoveRun::start(const Call& call, std::unique_ptr<hosts::Host> target)
{
    const hosts::VmInfo vm = TRY(findMachine(m_source, call.argument(0)));
    m_request = { .vm = vm.id,
        .name = call.value("name"),
        .isCopy = call.has("copy"),
        .pool = call.value("pool"),
        .network = call.value("network"),
        .deletesDisks = call.has("delete-disks"),
        .acceptsLoss = call.has("accept-loss") };
    if (m_request.isCopy && m_request.deletesDisks)
        return Error { ErrorKind::InvalidConfig, QStringLiteral("--copy --delete-disks"),
            QStringLiteral("a copy leaves the machine as it is") };
    m_isCheckOnly = call.has("check");
    m_target = std::move(target);
    connect(m_target.get(), &hosts::Host::connectionChanged, this, &MoveRun::follow);
    m_target->open();
    return {};
}

void MoveRun::cancel()
{
    m_isCancelled = true;
    if (m_moving.isRunning())
        m_moving.cancel();
    else
        Q_EMIT failed(Error { ErrorKind::Cancelled });
}

void MoveRun::follow(ConnectionState state)
{
    if (state == ConnectionState::Connected && !std::exchange(m_hasBegun, true))
        return look();
    const bool isLost = state == ConnectionState::Failed || state == ConnectionState::Reconnecting;
    if (isLost && !m_moving.isRunning())
        Q_EMIT failed(m_target->lastError().value_or(Error { ErrorKind::Disconnected }));
}

void MoveRun::look()
{
    vmm::async::onFinished(hosts::moving::MoveSurvey::make(m_source, *m_target, m_request, this),
        this, [this](const vmm::Result<MovePlan>& plan) {
            if (!plan)
                Q_EMIT failed(plan.error());
            else
                judge(*plan);
        });
}

void MoveRun::judge(const MovePlan& plan)
{
    const Shown obstacles = showObstacles(plan.obstacles);
    const auto refusal = plan.refusal();
    if (m_isCheckOnly) {
        Shown answer = obstacles;
        answer.exitCode = refusal ? 1 : 0;
        Q_EMIT finished(answer);
        return;
    }
    Q_EMIT noticed(obstacles);
    if (refusal)
        Q_EMIT failed(errorOf(*refusal));
    else if (!m_isCancelled)
        move();
}

void MoveRun::move()
{
    m_moving = hosts::moving::MachineMove::start(m_source, *m_target, m_request, this);
    auto* watcher = new QFutureWatcher<vmm::Result<hosts::VmId>>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, &MoveRun::progressed);
    watcher->setFuture(m_moving);
    vmm::async::onFinished(m_moving, this, [this](const vmm::Result<hosts::VmId>& id) {
        if (id)
            Q_EMIT finished(showId(*id));
        else
            Q_EMIT failed(id.error());
    });
}

} // namespace vdctl
