// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/NetworkDialogs.h"

#include "ui/dialogs/ConfirmDialog.h"
#include "ui/dialogs/DialogParts.h"
#include "ui/dialogs/NewNetworkDialog.h"
#include "ui/dialogs/XmlDialog.h"

namespace ui {

using hosts::NetworkInfo;
using hosts::ResourceAction;

void NetworkDialogs::create(Context& context, hosts::Host* host, QWidget* parent)
{
    auto* dialog = new NewNetworkDialog(parent);
    QObject::connect(dialog, &NewNetworkDialog::chosen, dialog, [&context, host, dialog] {
        beginOn(context, host, hosts::DefineNetwork { dialog->network() });
    });
    dialog->start();
}

void NetworkDialogs::stop(
    Context& context, hosts::Host* host, const NetworkInfo& network, QWidget* parent)
{
    const Question question { .title = tr("Stop network %1?").arg(network.name),
        .text = network.machines.isEmpty()
            ? tr("No machine can start in it until it runs again.")
            : tr("These machines are cut off, and stay so until they are started anew:"),
        .items = network.machines,
        .verb = tr("Stop"),
        .isDangerous = !network.machines.isEmpty() };
    ConfirmDialog::ask(parent, question, [&context, host, name = network.name] {
        beginOn(context, host, hosts::ChangeNetwork { name, ResourceAction::Stop });
    });
}

void NetworkDialogs::editXml(
    Context& context, hosts::Host* host, const NetworkInfo& network, QWidget* parent)
{
    const XmlDialog::Subject subject { .title = tr("Definition of network %1").arg(network.name),
        .hint = network.isActive ? tr("It counts when the network is started the next time.")
                                 : tr("It counts when the network is started."),
        .fetch = hosts::GetNetworkXml { network.name },
        .store = [](const QString& xml, const QString& base) -> hosts::Operation {
            return hosts::DefineNetwork { { .xml = xml, .isStarted = false, .isAutostart = false },
                base };
        } };
    XmlDialog::edit(context, host, subject, parent);
}

void NetworkDialogs::remove(
    Context& context, hosts::Host* host, const NetworkInfo& network, QWidget* parent)
{
    const Question question { .title = tr("Delete network %1?").arg(network.name),
        .text = network.machines.isEmpty()
            ? tr("The host forgets it. Machines that are defined with it can't start any more.")
            : tr("It is stopped and forgotten. These machines are cut off:"),
        .items = network.machines,
        .verb = tr("Delete") };
    ConfirmDialog::ask(parent, question, [&context, host, name = network.name] {
        beginOn(context, host, hosts::DeleteNetwork { name });
    });
}

} // namespace ui
