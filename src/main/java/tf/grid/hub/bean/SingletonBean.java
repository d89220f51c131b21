package tf.grid.hub.bean;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Marks a service that exists once and is injected without a proxy, so that it needs no second
 * constructor. {@link Singleton} alone does not make a class a bean when only annotated classes are
 * discovered; a stereotype does.
 *
 * <p>Beans with a narrower scope keep their own annotation, because a proxy finds the instance of
 * the current request. Singleton beans cannot inject each other in a circle.
 */
@Stereotype
@Singleton
@Documented
@Retention(RUNTIME)
@Target(TYPE)
public @interface SingletonBean {}
