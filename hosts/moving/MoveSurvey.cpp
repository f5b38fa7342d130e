// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is looked at whichever way a machine goes. What only one way has is in
// MoveSurveyToLibvirt.cpp and MoveSurveyToEmbedded.cpp.
#include "hosts/moving/MoveSurvey.h"

#include "hosts/moving/Asking.h"
#include "hosts/moving/BorrowedPools.h"
#include "vmm/base/Steps.h"
#include "vmm/definition/EmbeddedSupport.h"
#include "vmm/qemu/CommandLine.h"

#include <algorithm>

namespace hosts::moving {

using vmm::CarriedFile;
using vmm::Error;
using vmm::Future;
using vmm::Result;
using Kind = Obstacle::Kind;
using Weight = Obstacle::Weight;

namespace {

Kind kindOf(vmm::TransplantChange::Kind kind)
{
    using Change = vmm::TransplantChange::Kind;
    switch (kind) {
    case Change::MediumEjected:
        return Kind::MediumEjected;
    case Change::NetworkReplaced:
        return Kind::NetworkReplaced;
    case Change::PortForwardsDropped:
        return Kind::PortForwardsDropped;
    case Change::ScreenMoved:
        return Kind::ScreenMoved;
    case Change::AccelerationLost:
        return Kind::AccelerationLost;
    case Change::AccelerationUnused:
        return Kind::AccelerationUnused;
    }
    Q_UNREACHABLE();
}

bool isQemu(const Host& host)
{
    return host.uri().driver() == QLatin1StringView("qemu");
}

} // namespace

int MoveFile::share() const
{
    constexpr quint64 kMost = 1 << 17;
    return 1 + static_cast<int>(std::min(size.toMiB(), kMost));
}

QString MoveFile::ending() const
{
    return format == QLatin1StringView("raw") ? QStringLiteral(".img") : QStringLiteral(".qcow2");
}

QStringList MovePlan::looseFolders() const
{
    QStringList folders;
    for (const MoveFile& file : files) {
        if (!file.folder.isEmpty() && !folders.contains(file.folder))
            folders.append(file.folder);
    }
    return folders;
}

bool MovePlan::has(Weight weight) const
{
    return std::any_of(obstacles.begin(), obstacles.end(),
        [&](const Obstacle& each) { return each.weight == weight; });
}

std::optional<Obstacle> MovePlan::refusal() const
{
    for (const Obstacle& each : obstacles) {
        const bool isAccepted = each.weight == Weight::Loss && request.acceptsLoss;
        if (each.weight != Weight::Note && !isAccepted)
            return each;
    }
    return std::nullopt;
}

Result<vmm::Transplant> MovePlan::transplant(
    const Host& target, const QVector<vmm::PlacedFile>& placed) const
{
    const vmm::TransplantRequest wanted { .name = request.name,
        .isCopy = request.isCopy,
        .id = id,
        .hasKvm = target.info().accelerator == QLatin1StringView("KVM"),
        .network = request.network,
        .files = placed };
    return direction == Direction::ToLibvirt ? vmm::transplantToLibvirt(definition, wanted)
                                             : vmm::transplantToEmbedded(definition, wanted);
}

MoveSurvey::MoveSurvey(Host& source, Host& target, const MoveRequest& request, QObject* parent)
    : QObject(parent)
    , m_source(&source)
    , m_target(&target)
    , m_borrowed(new BorrowedPools(&source, this))
{
    m_plan.request = request;
    m_plan.direction = source.uri().isEmbedded() ? Direction::ToLibvirt : Direction::ToEmbedded;
    const Host& core = source.uri().isEmbedded() ? source : target;
    m_plan.folder = core.info().dataFolder;
}

Future<MovePlan> MoveSurvey::make(
    Host& source, Host& target, const MoveRequest& request, QObject* parent)
{
    auto* survey = new MoveSurvey(source, target, request, parent);
    const Future<MovePlan> plan = survey->run();
    vmm::async::onFinished(
        plan, survey, [survey](const Result<MovePlan>&) { survey->deleteLater(); });
    return plan;
}

void MoveSurvey::add(Kind kind, const QString& subject, const QString& detail, Weight weight)
{
    m_plan.obstacles.append(
        { .kind = kind, .weight = weight, .subject = subject, .detail = detail });
}

bool MoveSurvey::isWay(const Host& source, const Host& target)
{
    return (source.uri().isEmbedded() && isQemu(target))
        || (target.uri().isEmbedded() && isQemu(source));
}

std::optional<Obstacle> MoveSurvey::checkHosts(const Host& source, const Host& target)
{
    for (const Host* host : { &source, &target }) {
        if (host->uri().isRemoteCore())
            return Obstacle { .kind = Kind::RemoteCore, .subject = host->uri().toString() };
    }
    if (!isWay(source, target))
        return Obstacle { .kind = Kind::SortOfHosts,
            .subject = target.uri().toString(),
            .detail = source.uri().driver() + QStringLiteral(" -> ") + target.uri().driver() };
    for (const Host* host : { &source, &target }) {
        if (host->connectionState() != ConnectionState::Connected)
            return Obstacle { .kind = Kind::HostLacks,
                .subject = host->uri().toString(),
                .detail = QStringLiteral("it is not connected") };
        const bool isLibvirt = !host->uri().isEmbedded();
        const Feature needed = isLibvirt ? Feature::TransferVolumes : Feature::Images;
        for (const Feature feature : { needed, Feature::Create }) {
            if (!host->info().has(feature))
                return Obstacle { .kind = Kind::HostLacks,
                    .subject = host->uri().toString(),
                    .detail = host->info().missing.value(feature) };
        }
    }
    return std::nullopt;
}

void MoveSurvey::checkMachine()
{
    m_plan.id = m_plan.request.isCopy ? VmId::createUuid() : m_vm.id;
    m_plan.isAutostart = m_vm.isAutostart;
    if (m_plan.request.name.isEmpty())
        m_plan.request.name = m_vm.name;
    if (!vmm::isAllowed(vmm::VmAction::Start, m_vm.state))
        add(Kind::NotOff, m_vm.name, vmm::nameOf(m_vm.state));
    else if (m_vm.hasSavedMemory)
        add(Kind::SavedMemory, m_vm.name);
    if (m_vm.isTemplate)
        add(Kind::Template, m_vm.name);
    if (m_vm.snapshots > 0)
        add(Kind::Snapshots, m_vm.name, QString::number(m_vm.snapshots),
            m_plan.request.isCopy ? Weight::Note : Weight::Loss);
    const QVector<VmInfo> there = m_target->vms();
    for (const VmInfo& other : there) {
        if (other.id == m_plan.id)
            add(Kind::AlreadyThere, other.name);
        else if (other.name == m_plan.request.name)
            add(Kind::NameTaken, other.name);
    }
}

Result<void> MoveSurvey::readDefinition(const QString& xml)
{
    m_plan.xml = xml;
    m_plan.definition = TRY(vmm::Definition::fromXml(xml));
    const QVector<CarriedFile> files = vmm::carriedFiles(m_plan.definition);
    for (const CarriedFile& file : files) {
        m_plan.files.append({ .what = file, .path = file.path, .format = file.format });
        if (file.isShareable)
            add(Kind::DiskShared, file.target, {}, Weight::Note);
    }
    return {};
}

void MoveSurvey::checkDefinition()
{
    const vmm::Definition& definition = m_plan.definition;
    if (definition.has("devices/hostdev")) {
        for (const QString& type : definition.valuesOfEach("devices/hostdev", "@type"))
            add(Kind::HostDevice, type);
    }
    if (definition.has("devices/filesystem")) {
        for (const QString& path : definition.valuesOfEach("devices/filesystem", "source@dir"))
            add(Kind::SharedFolder, path, {}, Weight::Note);
    }
    if (definition.has("devices/tpm"))
        add(Kind::TpmLost, m_vm.name, {}, Weight::Loss);
}

/// What the definition would come to over there, as far as that can be told from here.
void MoveSurvey::checkOutcome()
{
    if (!m_target)
        return;
    const auto outcome = m_plan.transplant(*m_target, {});
    if (!outcome)
        return add(Kind::Broken, outcome.error().subject, outcome.error().detail);
    for (const vmm::TransplantChange& change : outcome->changes)
        add(kindOf(change.kind), change.subject, change.detail, Weight::Note);
    if (m_plan.direction == Direction::ToLibvirt)
        return; // only libvirt itself knows what it takes: it is asked before anything goes over
    const QVector<vmm::Unsupported> unsupported = vmm::unsupportedByEmbedded(outcome->definition);
    for (const vmm::Unsupported& part : unsupported) {
        if (part.element != QLatin1StringView("devices/hostdev")) // was told
            add(Kind::Unsupported, part.element, part.value);
    }
    if (!unsupported.isEmpty())
        return;
    if (const Result<void> checked = vmm::checkStartable(outcome->definition); !checked)
        add(Kind::Unsupported, checked.error().subject, checked.error().detail);
}

void MoveSurvey::checkRoom(const QString& place, vmm::Bytes available)
{
    vmm::Bytes needed;
    for (const MoveFile& file : std::as_const(m_plan.files))
        needed = needed + file.size;
    if (needed > available)
        add(Kind::TooLittleRoom, place,
            QStringLiteral("%1 %2").arg(available.count()).arg(needed.count()));
}

Future<MovePlan> MoveSurvey::run()
{
    if (const auto unfit = checkHosts(*m_source, *m_target)) {
        m_plan.obstacles.append(*unfit);
        return vmm::async::ready<MovePlan>(m_plan);
    }
    const QVector<VmInfo> vms = m_source->vms();
    const auto found = std::find_if(
        vms.begin(), vms.end(), [&](const VmInfo& vm) { return vm.id == m_plan.request.vm; });
    if (found == vms.end())
        return vmm::async::failed<MovePlan>(
            { vmm::ErrorKind::NotFound, m_plan.request.vm.toString(QUuid::WithoutBraces),
                QStringLiteral("the host has no such machine") });
    m_vm = *found;
    checkMachine();
    vmm::Steps steps(this);
    const auto broken = std::make_shared<Result<void>>();
    steps.add(QStringLiteral("definition"), [this, broken] {
        return ask(m_source, GetDefinition { m_vm.id }, this,
            [this, broken](const QString& xml) { *broken = readDefinition(xml); });
    });
    steps.addNow(QStringLiteral("judge"), [this, broken]() -> Result<void> {
        TRY(*broken);
        checkDefinition();
        return {};
    });
    if (m_plan.direction == Direction::ToLibvirt) {
        steps.add(QStringLiteral("pools"), [this] { return askPools(); });
        steps.add(QStringLiteral("nvram"), [this] { return askNvram(); });
        steps.add(QStringLiteral("images"), [this] { return askImages(); });
        steps.add(QStringLiteral("volumes"), [this] { return askVolumes(); });
        steps.add(QStringLiteral("networks"), [this] { return askNetworks(); });
        steps.add(QStringLiteral("use"), [this] { return askUse(); });
    } else {
        steps.add(QStringLiteral("volumes"), [this] { return askSourceVolumes(); });
        const auto giveBack = [this] { return m_borrowed->giveBack(); };
        steps.add(
            QStringLiteral("folders"), [this] { return askFolders(); }, giveBack);
        steps.add(QStringLiteral("give back"), giveBack);
        steps.add(QStringLiteral("trash"), [this] { return askTrash(); });
        steps.add(QStringLiteral("room"), [this] { return askRoom(); });
    }
    return vmm::async::transformed<MovePlan>(
        steps.run(), this, [this](const Result<void>& done) -> Result<MovePlan> {
            if (!done)
                return done.error();
            checkOutcome();
            return m_plan;
        });
}

} // namespace hosts::moving
