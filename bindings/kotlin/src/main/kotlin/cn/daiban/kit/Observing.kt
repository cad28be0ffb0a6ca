package cn.daiban.kit

import cn.daiban.core.EngineEvent
import cn.daiban.core.EngineInterface
import cn.daiban.core.Observer
import cn.daiban.core.Subscription
import com.sun.jna.Native

/**
 * Hears events on the engine's own thread and may call the engine there. Prefer [events] and [watch]; use this outside coroutines.
 *
 * An [Observer] of one's own must not call the engine unless it calls `Native.detach(false)` first, as this one does: the engine asks
 * the clock meanwhile, and when that inner call returns JNA would detach a thread that still runs Kotlin code.
 *
 * ```kotlin
 * val subscription = engine.observe { badge.show(engine.overview().unsent) }
 * …
 * subscription.cancel()
 * ```
 */
public fun EngineInterface.observe(hear: (EngineEvent) -> Unit): Subscription = observe(object : Observer {
    override fun onEvent(event: EngineEvent) {
        Native.detach(false)
        hear(event)
    }
})
