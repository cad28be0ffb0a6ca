package cn.daiban.kit

import cn.daiban.core.EngineEvent
import cn.daiban.core.EngineInterface
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn

/**
 * What changes, from the first event of the subscription on. It never ends by itself; ending the collection ends the
 * subscription. A slow collector holds nobody up: several changes of one thing that come meanwhile are one event.
 *
 * ```kotlin
 * engine.events().filter { it.kind == EventKind.CASE && it.caseId == shown }.collect { reload() }
 * ```
 */
public fun EngineInterface.events(): Flow<EngineEvent> = flow {
    val unheard = Unheard()
    val subscription = observe(unheard::hear)
    try {
        while (true) emit(unheard.next())
    } finally {
        subscription.cancel()
        subscription.close()
    }
}

/**
 * A screen that stays true: reads at once and again whenever something changes, on a thread of [dispatcher]. A slow collector
 * gets the newest reading only. What [read] throws ends the flow: catch it to show [code] and [zh].
 *
 * ```kotlin
 * val overview: StateFlow<Overview?> = engine.watch { overview() }.stateIn(viewModelScope, WhileSubscribed(5_000), null)
 * val case = engine.watch(on = { it.caseId == null || it.caseId == id }) { caseView(id) }
 * ```
 *
 * @param on which events are worth another reading; the first reading needs none
 */
public fun <T> EngineInterface.watch(
    on: (EngineEvent) -> Boolean = { true },
    dispatcher: CoroutineDispatcher = Dispatchers.IO,
    read: EngineInterface.() -> T,
): Flow<T> = flow {
    var begun = false
    events().filter { !begun || on(it) }.conflate().collect {
        begun = true
        emit(read())
    }
}.conflate().flowOn(dispatcher)
