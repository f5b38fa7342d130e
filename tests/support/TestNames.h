// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/HostTypes.h"

#include <QTest>

// Lets QCOMPARE print the names of our enumerators.
namespace QTest {

#define VIRTDECK_TEST_NAME(Type, function)                                                         \
    template <> inline char* toString(const Type& value)                                           \
    {                                                                                              \
        return qstrdup(qPrintable(function(value)));                                               \
    }

VIRTDECK_TEST_NAME(vmm::VmState, vmm::nameOf)
VIRTDECK_TEST_NAME(vmm::VmAction, vmm::nameOf)
VIRTDECK_TEST_NAME(vmm::StateReason, vmm::nameOf)
VIRTDECK_TEST_NAME(vmm::ErrorKind, vmm::nameOf)
VIRTDECK_TEST_NAME(vmm::ErrorCause, vmm::nameOf)
VIRTDECK_TEST_NAME(hosts::ConnectionState, hosts::nameOf)
VIRTDECK_TEST_NAME(hosts::Feature, hosts::nameOf)

#undef VIRTDECK_TEST_NAME

} // namespace QTest
