package io.dermaga.adapter;

import io.dermaga.engine.Engine;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsException;
import io.dermaga.engine.settings.SettingsReader;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;

/**
 * Every activation property that is given is valid. One violation for each that is not, with its
 * name, the given value and what is allowed. Required properties are not judged here, since they
 * may come from outside.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ValidActivation.Validator.class)
public @interface ValidActivation {

    String message() default "activation properties are not valid";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Judges by the same rules as the activation. */
    class Validator implements ConstraintValidator<ValidActivation, TcpActivationSpec> {

        @Override
        public boolean isValid(TcpActivationSpec spec, ConstraintValidatorContext context) {
            Map<Setting, String> given = spec.given();
            given.putIfAbsent(Setting.PORT, "1");
            given.putIfAbsent(Setting.HOST, "localhost");
            try {
                SettingsReader.read(given, "bean", List.of(), Engine.rules(null));
                return true;
            } catch (SettingsException e) {
                context.disableDefaultConstraintViolation();
                for (String problem : e.problems()) {
                    context.buildConstraintViolationWithTemplate(literal(problem))
                            .addConstraintViolation();
                }
                return false;
            }
        }

        /** A given value must not be read as a message expression. */
        private static String literal(String text) {
            return text.replaceAll("([\\\\{}$])", "\\\\$1");
        }
    }
}
