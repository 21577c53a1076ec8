/** Ports to AWS: interfaces over records, and their implementations on the AWS SDK. No SDK type leaves this package. */
@NullMarked
package io.cacheoperator.aws;

import org.jspecify.annotations.NullMarked;
