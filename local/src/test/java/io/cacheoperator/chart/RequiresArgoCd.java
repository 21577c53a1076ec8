package io.cacheoperator.chart;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class that gets the real {@link ArgoCd} as a parameter; see {@link ArgoCdExtension}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ArgoCdExtension.class)
@interface RequiresArgoCd {}
