package cn.daiban.harness

import cn.daiban.kit.observe
import java.io.File
import java.util.concurrent.CountDownLatch

/** A desktop program whose observer calls the engine, and which ends without closing anything. */
object ObservingMain {
    /** `HOME` */
    @JvmStatic
    fun main(words: Array<String>) {
        val phone = Phone(File(words[0]))
        val heard = CountDownLatch(1)
        val subscription = phone.engine.observe {
            check(phone.engine.overview().unsent == 0L)
            check(phone.engine.myRecords(null).isEmpty())
            heard.countDown()
        }
        heard.await()
        runCatching { phone.sync() }
        subscription.cancel()
        println("heard")
    }
}
