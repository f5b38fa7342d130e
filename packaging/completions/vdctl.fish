# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of vdctl for fish. What can come next is asked of vdctl itself.
function __vdctl_complete
    set -l typed (commandline -opc)
    vdctl __complete $typed[2..-1] (commandline -ct) 2>/dev/null
end
complete -c vdctl -a '(__vdctl_complete)'
