/** What a simulated AWS service is made of: operations as typed functions, and the errors they answer with. */
@NullMarked
package io.cacheoperator.simulator.service;

import org.jspecify.annotations.NullMarked;
