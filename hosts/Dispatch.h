// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hosts/Operations.h"
#include "vmm/base/Async.h"

namespace hosts {

/// The reply of an operation as one of all possible answers.
template <typename T> vmm::Future<Answer> asAnswer(const vmm::Future<T>& reply, QObject* context)
{
    return vmm::async::transformed<Answer>(
        reply, context, [](vmm::Result<T> result) -> vmm::Result<Answer> {
            if (!result)
                return result.error();
            if constexpr (std::is_void_v<T>)
                return Answer {};
            else
                return Answer { std::move(*result) };
        });
}

/// The other way; ProtocolViolation if it is the answer to something else.
template <typename T> vmm::Result<T> replyFrom(vmm::Result<Answer> answer)
{
    if (!answer)
        return answer.error();
    if constexpr (std::is_void_v<T>) {
        if (std::holds_alternative<std::monostate>(*answer))
            return {};
    } else if (auto* value = std::get_if<T>(&*answer)) {
        return std::move(*value);
    }
    return vmm::Error { vmm::ErrorKind::ProtocolViolation, {},
        QStringLiteral("the answer to another operation") };
}

/// Has `host` run an operation by its overload `answer(const Op&) -> Future<Op::Reply>`; one that
/// it has no overload for fails with HostLacksFeature.
template <typename ConcreteHost>
vmm::Future<Answer> dispatch(ConcreteHost& host, const Operation& operation)
{
    return std::visit(
        [&host, &operation]<typename Op>(const Op& op) -> vmm::Future<Answer> {
            if constexpr (requires { host.answer(op); })
                return asAnswer<typename Op::Reply>(host.answer(op), &host);
            else
                return vmm::async::failed<Answer>(
                    { vmm::ErrorKind::HostLacksFeature, nameOf(featureFor(operation)),
                        QStringLiteral("this kind of host does not offer it") });
        },
        operation);
}

} // namespace hosts
