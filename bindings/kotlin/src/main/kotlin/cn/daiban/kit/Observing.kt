package cn.daiban.kit

import cn.daiban.core.EngineEvent
import cn.daiban.core.EngineInterface
import cn.daiban.core.Observer
import cn.daiban.core.Subscription

/**
 * Hears events on the engine's own thread, and may call the engine there; the screen's thread is for the caller to hop to. With
 * coroutines use [events] and [watch]. Keep the subscription: without it nothing is heard.
 *
 * ```kotlin
 * val subscription = engine.observe { badge.show(engine.overview().unsent) }
 * …
 * subscription.cancel()
 * ```
 */
public fun EngineInterface.observe(hear: (EngineEvent) -> Unit): Subscription {
    CallbackThreads.prepare()
    return observe(object : Observer {
        override fun onEvent(event: EngineEvent) = hear(event)
    })
}
