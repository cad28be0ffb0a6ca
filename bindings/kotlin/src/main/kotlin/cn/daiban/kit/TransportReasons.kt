package cn.daiban.kit

import cn.daiban.core.TransportException
import java.io.EOFException
import java.io.IOException
import java.net.ConnectException
import java.net.NoRouteToHostException
import java.net.SocketException
import java.net.SocketTimeoutException
import java.security.cert.CertPathValidatorException
import java.security.cert.CertificateExpiredException
import java.security.cert.CertificateNotYetValidException
import javax.net.ssl.SSLException

/** What a failed request means to the engine: for transports of one's own over other HTTP clients, too. */
public fun reason(failure: IOException): TransportException {
    val causes = generateSequence<Throwable>(failure) { it.cause }.take(CAUSES_MAX).toList()
    val said = failure.toString()
    return when {
        causes.any(::isOutOfDate) -> TransportException.CertificateTime(said)
        causes.any { it is SocketTimeoutException } -> TransportException.Timeout(said)
        causes.any { it is ConnectException || it is NoRouteToHostException } -> TransportException.Offline(said)
        causes.any { it is SocketException || it is EOFException } -> TransportException.Broken(said)
        causes.any { it is SSLException } -> TransportException.Certificate(said)
        else -> TransportException.Offline(said)
    }
}

/** A chain of causes may be a ring. */
private const val CAUSES_MAX = 16

private fun isOutOfDate(cause: Throwable): Boolean {
    val outOfDate = setOf(CertPathValidatorException.BasicReason.EXPIRED, CertPathValidatorException.BasicReason.NOT_YET_VALID)
    return cause is CertificateExpiredException ||
        cause is CertificateNotYetValidException ||
        (cause is CertPathValidatorException && cause.reason in outOfDate)
}
