package cn.daiban.kit

import cn.daiban.core.uniffiCallbackInterfaceClock
import cn.daiban.core.uniffiCallbackInterfaceKeyStore
import cn.daiban.core.uniffiCallbackInterfaceLogSink
import cn.daiban.core.uniffiCallbackInterfaceObserver
import cn.daiban.core.uniffiCallbackInterfaceTransport
import cn.daiban.core.uniffiForeignFutureDroppedCallbackImpl
import cn.daiban.core.uniffiRustFutureContinuationCallbackImpl
import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native

/**
 * The engine's own threads when they call Kotlin: daemons that stay attached until they end.
 *
 * By default JNA detaches such a thread whenever a call returns, an inner one included: an observer that calls the engine, which asks
 * the clock, would have its thread detached under its feet (JNA complains; Android's runtime ends the process). And a thread that is
 * no daemon keeps a desktop program from ending.
 */
internal object CallbackThreads {
    init {
        val attached = CallbackThreadInitializer(true, false, "daiban")
        listOf(
            uniffiCallbackInterfaceClock.now,
            uniffiCallbackInterfaceClock.uniffiFree,
            uniffiCallbackInterfaceClock.uniffiClone,
            uniffiCallbackInterfaceKeyStore.load,
            uniffiCallbackInterfaceKeyStore.save,
            uniffiCallbackInterfaceKeyStore.uniffiFree,
            uniffiCallbackInterfaceKeyStore.uniffiClone,
            uniffiCallbackInterfaceLogSink.log,
            uniffiCallbackInterfaceLogSink.uniffiFree,
            uniffiCallbackInterfaceLogSink.uniffiClone,
            uniffiCallbackInterfaceObserver.onEvent,
            uniffiCallbackInterfaceObserver.uniffiFree,
            uniffiCallbackInterfaceObserver.uniffiClone,
            uniffiCallbackInterfaceTransport.send,
            uniffiCallbackInterfaceTransport.uniffiFree,
            uniffiCallbackInterfaceTransport.uniffiClone,
            uniffiRustFutureContinuationCallbackImpl,
            uniffiForeignFutureDroppedCallbackImpl,
        ).forEach { Native.setCallbackThreadInitializer(it, attached) }
    }

    /** Takes effect with the first call. */
    fun prepare() = Unit
}
