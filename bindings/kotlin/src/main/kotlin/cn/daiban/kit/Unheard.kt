package cn.daiban.kit

import cn.daiban.core.CaseId
import cn.daiban.core.EngineEvent
import cn.daiban.core.EventKind
import kotlinx.coroutines.channels.Channel

/** Events that were not collected yet: the newest of each thing, in the order in which the things changed first. */
internal class Unheard {
    private val newest = LinkedHashMap<Pair<EventKind, CaseId?>, EngineEvent>()
    private val wake = Channel<Unit>(Channel.CONFLATED)

    /** Takes one in. */
    fun hear(event: EngineEvent) {
        synchronized(newest) { newest[event.kind to event.caseId] = event }
        wake.trySend(Unit)
    }

    /** Waits for one. */
    suspend fun next(): EngineEvent {
        while (true) {
            take()?.let { return it }
            wake.receive()
        }
    }

    private fun take(): EngineEvent? = synchronized(newest) {
        val first = newest.entries.firstOrNull() ?: return null
        newest.remove(first.key)
        first.value
    }
}
