// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/PinnedDefinition.h"

#include "vmm/qemu/Machine.h"

namespace vmm {

Future<Definition> pinnedDefinition(Machine& machine)
{
    const auto asked = machine.execute(QStringLiteral("qom-get"),
        { { QStringLiteral("path"), QStringLiteral("/machine") },
            { QStringLiteral("property"), QStringLiteral("type") } });
    return async::transformed<Definition>(asked, &machine,
        [definition = machine.runningDefinition()](
            const Result<QJsonValue>& answer) mutable -> Result<Definition> {
            if (!answer)
                return answer.error();
            constexpr QLatin1StringView kSuffix("-machine");
            const QString type = answer->toString();
            if (type.endsWith(kSuffix))
                definition.setMachineType(type.chopped(kSuffix.size()));
            return definition;
        });
}

} // namespace vmm
