// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/NewMachineDialog.h"

#include "hosts/PoolUse.h"
#include "ui/dialogs/FileLook.h"
#include "ui/dialogs/PathEdit.h"
#include "ui/dialogs/VolumePicker.h"
#include "ui/style/Colors.h"
#include "ui/text/Text.h"
#include "ui/text/Units.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Named.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {

using hosts::ConnectionState;
using hosts::Feature;

namespace {

// Longer names break file names on some file systems once a suffix is added.
constexpr int kMaxName = 200;

} // namespace

NewMachineDialog::NewMachineDialog(Context& context, hosts::Host* preferred, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_verdict(wrappedLabel({}, QStringLiteral("newMachineVerdict")))
    , m_create(nullptr)
{
    setObjectName(QStringLiteral("newMachineDialog"));
    setWindowTitle(tr("New machine"));
    makeFields(preferred);
    makeBootFields();
    makePlaceFields();
    makeSystemFields();
    m_form = makeForm();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(12);
    layout->addLayout(m_form);
    layout->addStretch(1);
    m_verdict->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    m_verdict->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_verdict);
    makeButtons();
    setMinimumWidth(fontMetrics().averageCharWidth() * 76);
    m_name->setFocus();
    noteHost();
}

void NewMachineDialog::makeFields(hosts::Host* preferred)
{
    m_host = named(new QComboBox, "newMachineHost", tr("Host"));
    for (hosts::Host* host : m_context.workspace.hosts.hosts()) {
        if (host->connectionState() != ConnectionState::Connected
            || !host->info().has(Feature::Create))
            continue;
        m_host->addItem(Text::hostTitle(host->uri()), host->uri().toString());
        if (host == preferred)
            m_host->setCurrentIndex(m_host->count() - 1);
    }
    connect(m_host, &QComboBox::currentIndexChanged, this, &NewMachineDialog::noteHost);
    m_name = named(new QLineEdit, "newMachineName", tr("Name"));
    m_name->setMaxLength(kMaxName);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_isTouched = true; });
    connect(m_name, &QLineEdit::textChanged, this, &NewMachineDialog::validate);
    m_memory = named(new QDoubleSpinBox, "newMachineMemory", tr("Memory"));
    m_memory->setRange(0.0625, 4096);
    m_memory->setSingleStep(0.5);
    m_memory->setDecimals(2);
    m_memory->setValue(2);
    m_memory->setSuffix(QStringLiteral(" GiB"));
    connect(m_memory, &QDoubleSpinBox::valueChanged, this, &NewMachineDialog::validate);
    m_vcpus = named(new QSpinBox, "newMachineCpus", tr("CPUs"));
    m_vcpus->setRange(1, 512);
    m_vcpus->setValue(2);
    connect(m_vcpus, &QSpinBox::valueChanged, this, &NewMachineDialog::validate);
    m_disk = named(new QSpinBox, "newMachineDisk", tr("New disk"));
    m_disk->setRange(0, 65536);
    m_disk->setValue(20);
    m_disk->setSuffix(QStringLiteral(" GiB"));
    m_disk->setSpecialValueText(tr("none"));
    connect(m_disk, &QSpinBox::valueChanged, this, &NewMachineDialog::noteBoot);
}

void NewMachineDialog::makeBootFields()
{
    m_boot = named(new QComboBox, "newMachineBoot", tr("Boot from"));
    m_boot->addItem(tr("Installation medium (ISO image)"), static_cast<int>(Boot::Iso));
    m_boot->addItem(tr("Existing disk image"), static_cast<int>(Boot::DiskImage));
    m_boot->addItem(tr("Linux kernel and initrd"), static_cast<int>(Boot::Kernel));
    m_boot->addItem(tr("Nothing for now"), static_cast<int>(Boot::Nothing));
    connect(m_boot, &QComboBox::currentIndexChanged, this, &NewMachineDialog::noteBoot);
    m_iso = new PathEdit(
        QStringLiteral("newMachineIso"), tr("ISO image"), tr("ISO images (*.iso);;All files (*)"));
    m_image = new PathEdit(QStringLiteral("newMachineImage"), tr("Disk image"),
        tr("Disk images (*.qcow2 *.img *.raw *.vmdk *.vdi);;All files (*)"));
    m_kernel = new PathEdit(QStringLiteral("newMachineKernel"), tr("Kernel"), tr("All files (*)"));
    m_initrd = new PathEdit(QStringLiteral("newMachineInitrd"), tr("Initrd"), tr("All files (*)"));
    for (PathEdit* edit : { m_iso, m_image, m_kernel, m_initrd }) {
        connect(edit, &PathEdit::changed, this, &NewMachineDialog::validate);
        m_looks.insert(edit, new FileLook([this] { validate(); }, this));
    }
    m_commandLine = named(new QLineEdit, "newMachineCommandLine", tr("Kernel command line"));
    m_commandLine->setPlaceholderText(QStringLiteral("console=ttyS0"));
}

void NewMachineDialog::makePlaceFields()
{
    m_pool = named(new QComboBox, "newMachinePool", tr("Pool"));
    m_pool->setToolTip(tr("The storage pool of the host that the new disk is made in."));
    connect(m_pool, &QComboBox::currentIndexChanged, this, &NewMachineDialog::validate);
    m_network = named(new QComboBox, "newMachineNetwork", tr("Network"));
    m_network->setToolTip(tr("The network of the host that the machine's network card is in."));
    connect(m_network, &QComboBox::currentIndexChanged, this, &NewMachineDialog::validate);
}

void NewMachineDialog::makeSystemFields()
{
    m_firmware = named(new QComboBox, "newMachineFirmware", tr("Firmware"));
    m_firmware->addItem(tr("BIOS"), static_cast<int>(vmm::FirmwareKind::Bios));
    m_firmware->addItem(tr("UEFI"), static_cast<int>(vmm::FirmwareKind::Uefi));
    m_firmware->addItem(
        tr("UEFI with Secure Boot"), static_cast<int>(vmm::FirmwareKind::UefiSecureBoot));
    m_firmware->setToolTip(tr("New systems expect UEFI; Windows 11 wants Secure Boot and a TPM."));
    connect(m_firmware, &QComboBox::currentIndexChanged, this, &NewMachineDialog::validate);
    m_tpm = named(new QCheckBox(tr("With a &TPM 2")), "newMachineTpm", tr("With a TPM 2"));
    m_autostart = named(new QCheckBox(tr("Start with its h&ost")), "newMachineAutostart",
        tr("Start with its host"));
}

QFormLayout* NewMachineDialog::makeForm()
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Host"), m_host);
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Memory"), m_memory);
    form->addRow(tr("&CPUs"), m_vcpus);
    form->addRow(tr("&Boot from"), m_boot);
    form->addRow(tr("&ISO image"), m_iso);
    form->addRow(tr("Disk &image"), m_image);
    form->addRow(tr("&Kernel"), m_kernel);
    form->addRow(tr("Ini&trd"), m_initrd);
    form->addRow(tr("Command &line"), m_commandLine);
    form->addRow(tr("New &disk"), m_disk);
    form->addRow(tr("In &pool"), m_pool);
    form->addRow(tr("Net&work"), m_network);
    form->addRow(tr("&Firmware"), m_firmware);
    form->addRow(tr("Extras"), m_tpm);
    form->addRow(QString(), m_autostart);
    return form;
}

void NewMachineDialog::makeButtons()
{
    auto* buttons = new QDialogButtonBox;
    m_create = named(buttons->addButton(tr("Create"), QDialogButtonBox::AcceptRole),
        "newMachineCreate", tr("Create"));
    m_create->setDefault(true);
    named(buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole), "newMachineCancel",
        tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &NewMachineDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

NewMachineDialog::Boot NewMachineDialog::boot() const
{
    return static_cast<Boot>(m_boot->currentData().toInt());
}

void NewMachineDialog::noteBoot()
{
    m_form->setRowVisible(m_iso, boot() == Boot::Iso);
    m_form->setRowVisible(m_image, boot() == Boot::DiskImage);
    for (QWidget* row : { static_cast<QWidget*>(m_kernel), static_cast<QWidget*>(m_initrd),
             static_cast<QWidget*>(m_commandLine) })
        m_form->setRowVisible(row, boot() == Boot::Kernel);
    hosts::Host* chosen = host();
    const bool isLocal = chosen && chosen->uri().isLocal();
    for (PathEdit* edit : { m_iso, m_image, m_kernel, m_initrd }) {
        edit->setBrowsable(isLocal);
        VolumePicker::equip(edit, chosen);
    }
    const bool canDisk = chosen && chosen->info().has(Feature::CreateDisk);
    const bool canAutostart = chosen && chosen->info().has(Feature::Autostart);
    m_autostart->setEnabled(canAutostart);
    m_autostart->setToolTip(
        canAutostart || !chosen ? QString() : chosen->info().missing.value(Feature::Autostart));
    m_disk->setEnabled(canDisk && boot() != Boot::DiskImage);
    m_disk->setToolTip(
        canDisk || !chosen ? QString() : chosen->info().missing.value(Feature::CreateDisk));
    m_form->setRowVisible(m_pool, wantsDisk() && chosen && chosen->info().has(Feature::Storage));
    m_form->setRowVisible(m_network, chosen && chosen->info().has(Feature::Networks));
    validate();
}

void NewMachineDialog::noteHost()
{
    m_pools.forget();
    m_networks.forget();
    m_hasNoPool = false;
    for (QComboBox* box : { m_pool, m_network }) {
        const QSignalBlocker quiet(box);
        box->clear();
    }
    const hosts::Host* chosen = host();
    if (chosen && chosen->info().has(Feature::Storage))
        loadPools();
    if (chosen && chosen->info().has(Feature::Networks))
        loadNetworks();
    noteBoot();
}

void NewMachineDialog::loadPools()
{
    m_pools.ask(host(), hosts::ListPools {}, this,
        [this](const vmm::Result<QVector<hosts::PoolInfo>>& pools) {
            const QSignalBlocker quiet(m_pool);
            for (const hosts::PoolInfo& pool : pools.value_or(QVector<hosts::PoolInfo> {})) {
                // libvirt makes images in folders alone.
                if (!hosts::holdsFiles(pool) || !hosts::works(pool))
                    continue;
                m_pool->addItem(
                    tr("%1 (%2 free)").arg(pool.name, Units::bytes(pool.available)), pool.name);
                if (pool.name == QStringLiteral("default"))
                    m_pool->setCurrentIndex(m_pool->count() - 1);
            }
            m_hasNoPool = pools && m_pool->count() == 0;
            validate();
        });
}

void NewMachineDialog::loadNetworks()
{
    m_networks.ask(host(), hosts::ListNetworks {}, this,
        [this](const vmm::Result<QVector<hosts::NetworkInfo>>& networks) {
            if (!networks)
                return;
            const QSignalBlocker quiet(m_network);
            m_network->addItem(tr("A user-mode network of its own"), QString());
            for (const hosts::NetworkInfo& network : *networks) {
                if (!network.isActive)
                    continue;
                m_network->addItem(network.name, network.name);
                if (network.name == QStringLiteral("default"))
                    m_network->setCurrentIndex(m_network->count() - 1);
            }
            validate();
        });
}

bool NewMachineDialog::wantsDisk() const
{
    return m_disk->isEnabled() && m_disk->value() > 0;
}

hosts::Host* NewMachineDialog::host() const
{
    const auto uri = hosts::HostUri::parse(m_host->currentData().toString());
    return uri ? m_context.workspace.hosts.find(*uri) : nullptr;
}

vmm::NewMachine NewMachineDialog::machine() const
{
    vmm::NewMachine machine { .name = m_name->text().trimmed(),
        .memory = vmm::Bytes::fromMiB(static_cast<quint64>(m_memory->value() * 1024 + 0.5)),
        .vcpus = m_vcpus->value(),
        .firmware = static_cast<vmm::FirmwareKind>(m_firmware->currentData().toInt()),
        .hasTpm = m_tpm->isChecked() };
    if (wantsDisk()) {
        machine.newDisk = vmm::Bytes::fromGiB(static_cast<quint64>(m_disk->value()));
        machine.pool = m_pool->currentData().toString();
    }
    if (m_network->count() > 0) {
        machine.network = m_network->currentData().toString();
        machine.networkType
            = machine.network.isEmpty() ? QStringLiteral("user") : QStringLiteral("network");
    }
    switch (boot()) {
    case Boot::Nothing:
        break;
    case Boot::Iso:
        machine.isoImage = m_iso->path();
        break;
    case Boot::DiskImage:
        machine.diskImage = m_image->path();
        break;
    case Boot::Kernel:
        machine.kernel = m_kernel->path();
        machine.initrd = m_initrd->path();
        machine.kernelCommandLine = m_commandLine->text().trimmed();
        break;
    }
    return machine;
}

QString NewMachineDialog::bootProblem() const
{
    const vmm::NewMachine wanted = machine();
    if (boot() == Boot::Iso && wanted.isoImage.isEmpty())
        return tr("Choose an ISO image, or something else to boot from.");
    if (boot() == Boot::DiskImage && wanted.diskImage.isEmpty())
        return tr("Choose a disk image, or something else to boot from.");
    if (boot() == Boot::Kernel && wanted.kernel.isEmpty())
        return tr("Choose a kernel, or something else to boot from.");
    for (const QString& path :
        { wanted.isoImage, wanted.diskImage, wanted.kernel, wanted.initrd }) {
        if (path.isEmpty())
            continue;
        if (!path.startsWith(QLatin1Char('/')))
            return tr("A path must begin with a slash: %1").arg(path);
    }
    return {};
}

/// A path that is not there as far as can be seen from here. What the host knows as a volume it
/// will find, and what its own user sees we may not.
QString NewMachineDialog::missingFile() const
{
    if (!host()->uri().runsAsThisUser())
        return {};
    const QVector<PathEdit*> edits = boot() == Boot::Iso ? QVector<PathEdit*> { m_iso }
        : boot() == Boot::DiskImage                      ? QVector<PathEdit*> { m_image }
        : boot() == Boot::Kernel                         ? QVector<PathEdit*> { m_kernel, m_initrd }
                                                         : QVector<PathEdit*> {};
    for (PathEdit* edit : edits) {
        if (edit->path().isEmpty() || edit->isPicked())
            continue;
        const std::optional<FileLook::Facts> facts = m_looks.value(edit)->of(edit->path());
        if (facts && !facts->isThere)
            return edit->path();
    }
    return {};
}

QString NewMachineDialog::problem() const
{
    const hosts::Host* chosen = host();
    if (!chosen)
        return tr("No connected host can create machines.");
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return tr("Give the machine a name.");
    if (name.contains(QLatin1Char('/')) || name.startsWith(QLatin1Char('.')))
        return tr("A name can't contain a slash or begin with a dot.");
    for (const models::VmRecord* vm : m_context.workspace.inventory.vms(chosen)) {
        if (vm->info.name == name)
            return tr("The name is taken by another machine of this host.");
    }
    if (wantsDisk() && m_hasNoPool)
        return tr("No storage pool of this host can take a new disk: start or make one on its "
                  "page, under Storage, or do without a new disk.");
    return bootProblem();
}

QString NewMachineDialog::consequence() const
{
    const vmm::NewMachine wanted = machine();
    const QString cpus = Text::cpuCount(wanted.vcpus);
    const QString memory = Units::bytes(wanted.memory);
    const QString where = m_host->currentText();
    QString text = wanted.newDisk.count() > 0
        //: %1 is "2 CPUs", %2 and %3 are amounts ("2 GiB"), %4 is a host
        ? tr("Creates a machine with %1, %2 memory and a new disk of %3 on %4.")
              .arg(cpus, memory, Units::bytes(wanted.newDisk), where)
        //: %1 is "2 CPUs", %2 is an amount ("2 GiB"), %3 is a host
        : tr("Creates a machine with %1 and %2 memory on %3.").arg(cpus, memory, where);
    text += places();
    const hosts::HostInfo& info = host()->info();
    if (info.memory.count() > 0 && wanted.memory > info.memory)
        text += QLatin1Char(' ')
            + tr("That is more memory than the host has (%1).").arg(Units::bytes(info.memory));
    else if (info.cpus > 0 && wanted.vcpus > info.cpus)
        text += QLatin1Char(' ')
            + tr("That is more CPUs than the host has (%1).").arg(QLocale().toString(info.cpus));
    if (const QString missing = missingFile(); !missing.isEmpty())
        text += QLatin1Char(' ') + tr("There is no such file yet: %1").arg(missing);
    return text;
}

QString NewMachineDialog::places() const
{
    const vmm::NewMachine wanted = machine();
    const hosts::HostInfo& info = host()->info();
    QString text;
    if (wantsDisk() && info.has(Feature::Storage))
        text += QLatin1Char(' ')
            + (wanted.pool.isEmpty() ? tr("The host chooses the disk's storage pool.")
                                     : tr("The disk goes into the pool %1.").arg(wanted.pool));
    if (!info.has(Feature::Networks))
        return text;
    return text + QLatin1Char(' ')
        + (!wanted.network.isEmpty() ? tr("Its network is %1.").arg(wanted.network)
                : m_network->count() == 0
                ? tr("The host chooses its network.")
                : tr("Its user-mode network reaches others, but isn't reached from outside."));
}

void NewMachineDialog::validate()
{
    if (!m_create)
        return;
    const QString why = problem();
    const Colors& colors = Colors::of(palette());
    m_create->setEnabled(why.isEmpty());
    m_create->setToolTip(why);
    m_verdict->setText(why.isEmpty() ? consequence() : why);
    // What nobody has typed yet is no mistake.
    setTextColor(m_verdict, why.isEmpty() || !m_isTouched ? colors.muted : colors.attention);
}

void NewMachineDialog::accept()
{
    if (!problem().isEmpty())
        return;
    m_context.workspace.commands.createMachine(host(), machine(),
        m_autostart->isEnabled() && m_autostart->isChecked() ? models::Autostart::Yes
                                                             : models::Autostart::No);
    QDialog::accept();
}

} // namespace ui
