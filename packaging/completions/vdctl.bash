# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of vdctl for bash. What can come next is asked of vdctl itself.
_vdctl() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        [[ $line == "${COMP_WORDS[COMP_CWORD]}"* ]] && COMPREPLY+=("$(printf '%q' "$line")")
    done < <(vdctl __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _vdctl vdctl
